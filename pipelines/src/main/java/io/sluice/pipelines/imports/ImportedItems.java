/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.item.KeySchema;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.input.InputJob;
import io.sluice.pipelines.input.ItemInput;
import io.sluice.pipelines.input.ItemInputs;
import io.sluice.report.Ledger;
import io.sluice.report.Outcome;
import io.sluice.source.KeyFrom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.fs.MatchResult;

/** Items: files of them, or rows of a database. */
record ImportedItems(ItemInput items) implements ImportSource {

  /**
   * Lists the files, or opens the rows of a database.
   *
   * @param waits whether this program waits for the end of the job
   * @throws io.sluice.pipelines.cli.JobException when that is not possible, or files are not of one
   *     format, or must not be deleted as the plan says
   */
  static ImportedItems open(ImportPlan plan, boolean waits, Console console) {
    ItemInput items =
        ItemInputs.open(plan.source(), plan.budget().budget().workers(), waits, console);
    if (plan.deletesInput()) {
      items.checkDeletable();
    }
    return new ImportedItems(items);
  }

  @Override
  public Optional<String> title() {
    return items.title();
  }

  @Override
  public long bytes() {
    return items.bytes();
  }

  @Override
  public boolean isCompressed() {
    return items.isCompressed();
  }

  @Override
  public boolean isGuess() {
    return items.isGuess();
  }

  @Override
  public Map<String, Object> properties() {
    return items.properties();
  }

  @Override
  public void checkKey(KeySchema key, KeyFrom keyFrom) {
    items.checkKey(key, keyFrom);
  }

  @Override
  public boolean isOneState() {
    return items.isOneState();
  }

  @Override
  public Outcome read(InputJob job, Ledger ledger, Pipeline pipeline) {
    return job.read(ledger, pipeline, items);
  }

  @Override
  public List<String> places() {
    return items.places();
  }

  @Override
  public List<MatchResult.Metadata> files() {
    return items.files();
  }

  @Override
  public void close() {
    items.close();
  }
}
