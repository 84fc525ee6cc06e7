/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.input.InputJob;
import io.sluice.pipelines.input.InputListing;
import io.sluice.report.Ledger;
import io.sluice.report.Outcome;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.fs.MatchResult;

/** Files of items. */
record ItemFiles(InputListing listing, boolean isDeleted) implements ImportSource {

  /**
   * Lists the files.
   *
   * @throws io.sluice.pipelines.cli.JobException when they cannot be listed, are not of one format,
   *     or must not be deleted as the plan says
   */
  static ItemFiles of(ImportPlan plan, Console console) {
    InputListing listing = InputListing.of(plan.source(), console);
    if (plan.deletesInput()) {
      listing.checkDeletable();
    }
    return new ItemFiles(listing, plan.deletesInput());
  }

  @Override
  public long bytes() {
    return listing.bytes();
  }

  @Override
  public boolean isCompressed() {
    return listing.isCompressed();
  }

  @Override
  public Map<String, Object> properties() {
    return listing.properties();
  }

  @Override
  public Outcome read(InputJob job, Ledger ledger, Pipeline pipeline) {
    return job.read(ledger, pipeline, listing.read());
  }

  @Override
  public List<MatchResult.Metadata> deletedFiles() {
    return isDeleted ? listing.files() : List.of();
  }
}
