/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.change.apply.ReduceChanges;
import io.sluice.change.read.ChangeFormat;
import io.sluice.change.read.ChangeInput;
import io.sluice.change.read.ReadChanges;
import io.sluice.format.UnreadableFileException;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.input.InputJob;
import io.sluice.pipelines.input.InputSettings;
import io.sluice.report.Ledger;
import io.sluice.report.Outcome;
import io.sluice.source.InputFiles;
import io.sluice.source.InputNames;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Changes of a table. */
record ChangeFiles(ChangeInput input) implements ImportSource {

  /**
   * Lists the files.
   *
   * @throws JobException when they cannot be listed, are not of one form, or lack changes, or when
   *     the report would replace one
   * @throws UsageException when an option is not valid for the form that was found
   */
  static ChangeFiles of(InputSettings source, ChangePlan plan, Console console) {
    ChangeInput found = find(source, plan.format());
    // Nothing is read of empty files, and any option is valid for them.
    if (found.bytes() > 0) {
      OptionErrors problems = new OptionErrors();
      plan.checkForm(found.format(), found.formats(), source.compression(), problems);
      problems.throwIfAny();
    }
    source.outputs().checkKept(found.names());
    ChangeInput chosen = chosen(found, plan);
    chosen.notes().forEach(console::tell);
    return new ChangeFiles(chosen);
  }

  private static ChangeInput find(InputSettings source, @Nullable ChangeFormat format) {
    try {
      List<String> names =
          source.inputList() == null ? List.of() : InputNames.read(source.inputList());
      return ChangeInput.find(
          source.input(), names, format, source.readers(), source.compression());
    } catch (FileNotFoundException e) {
      throw new JobException(
          (source.input().isEmpty() ? "--inputList: " : "--input: ") + e.getMessage(), e);
    } catch (UnreadableFileException e) {
      throw new JobException(UserMessages.oneLine(e), e);
    } catch (IOException | RuntimeException e) {
      throw new JobException("the input cannot be listed: " + UserMessages.oneLine(e), e);
    }
  }

  private static ChangeInput chosen(ChangeInput found, ChangePlan plan) {
    try {
      ChangeInput ordered = plan.order() == null ? found : found.orderedBy(plan.order());
      return plan.ofTable() == null ? ordered : ordered.ofTable(plan.ofTable());
    } catch (IllegalArgumentException e) {
      throw new JobException(e.getMessage(), e);
    }
  }

  @Override
  public long bytes() {
    return input.bytes();
  }

  @Override
  public boolean isCompressed() {
    return true;
  }

  @Override
  public Map<String, Object> properties() {
    return Map.of("format", input.format().name(), "changes", "APPLY");
  }

  @Override
  public Outcome read(InputJob job, Ledger ledger, Pipeline pipeline) {
    PCollectionTuple changes =
        pipeline.apply("Read changes", ReadChanges.of(input, job.table().keySchema()));
    Outcome.ofLast(changes.get(Outcome.REJECTIONS), changes.get(Outcome.TALLIES)).closeInto(ledger);
    return changes
        .get(ReadChanges.CHANGES)
        .apply(
            "Reduce",
            ReduceChanges.by(job.table().keySchema())
                .withIndexKeys(job.table().indexKeys())
                .intoBuckets(job.buckets()));
  }

  @Override
  public List<MatchResult.Metadata> files() {
    try {
      return InputFiles.named(input.names()).files();
    } catch (IOException e) {
      throw new JobException("the input cannot be listed: " + UserMessages.oneLine(e), e);
    }
  }
}
