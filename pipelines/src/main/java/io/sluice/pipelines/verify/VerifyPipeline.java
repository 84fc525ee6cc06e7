/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.verify;

import io.sluice.capacity.OnDemandUnits;
import io.sluice.dynamodb.scan.ScanTable;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.dynamodb.verify.CompareTable;
import io.sluice.dynamodb.verify.FindUnexpected;
import io.sluice.item.SourcedItem;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.input.InputJob;
import io.sluice.pipelines.input.InputListing;
import io.sluice.pipelines.input.InputSettings;
import io.sluice.pipelines.input.InputSummary;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.job.JobRunner;
import io.sluice.pipelines.job.OutputProbe;
import io.sluice.pipelines.table.ReadBudgetPlan;
import io.sluice.report.Ledger;
import java.time.Instant;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Files against a table: read as the import reads, compare, report. Writes nothing to the table.
 */
public final class VerifyPipeline {
  private VerifyPipeline() {}

  /** Runs the verification to its end and tells of it; the exit code. */
  public static int run(VerifyOptions options) {
    OptionErrors problems = new OptionErrors();
    InputSettings plan = InputSettings.of(options, problems);
    ReadBudgetPlan budget = budget(options, problems);
    problems.throwIfAny();
    Aws.configure(options);
    FileSystems.setDefaultPipelineOptions(options);
    OutputProbe.checkRejects(options.getRejects());
    OutputProbe.checkReport(options.getReport());
    Instant start = Instant.now();
    InputJob job =
        new InputJob(
            "verify",
            options,
            plan,
            InputListing.of(plan, options),
            table(options, plan, budget),
            start);
    job.warnOfHeap();
    Pipeline pipeline = Pipeline.create(options);
    build(pipeline, job, options, budget);
    try {
      return InputSummary.printVerification(JobRunner.run(pipeline), job.rejectsFolder(), start);
    } catch (JobException e) {
      throw e.after(done -> InputSummary.printVerification(done, job.rejectsFolder(), start));
    }
  }

  /** How fast to scan; null when nothing is to be scanned, which needs no rate. */
  static @Nullable ReadBudgetPlan budget(VerifyOptions options, OptionErrors problems) {
    if (options.isFull()) {
      return ReadBudgetPlan.of(options, problems);
    }
    VerifyOptions defaults = PipelineOptionsFactory.as(VerifyOptions.class);
    onlyForFull("readRatio", options.getReadRatio() != defaults.getReadRatio(), problems);
    onlyForFull("workers", options.getWorkers() != null, problems);
    onlyForFull("onDemandReadUnits", options.getOnDemandReadUnits() != null, problems);
    return null;
  }

  private static void onlyForFull(String option, boolean given, OptionErrors problems) {
    if (given) {
      problems.add("--" + option + " goes with --full, which scans the table");
    }
  }

  /**
   * @param budget of the scan for what is only in the table; null for none
   */
  private static void build(
      Pipeline pipeline, InputJob job, VerifyOptions options, @Nullable ReadBudgetPlan budget) {
    Ledger ledger = new Ledger();
    PCollection<SourcedItem> items = job.readInto(ledger, pipeline, job.input().read());
    items
        .apply(
            "Compare",
            CompareTable.with(job.table().name(), job.table().keySchema())
                .withClient(Aws.dynamodb(options)))
        .closeInto(ledger);
    if (budget != null) {
      items
          .apply(
              "Find unexpected",
              FindUnexpected.by(
                  ScanTable.of(job.table())
                      .withClient(Aws.dynamodb(options))
                      .withBudget(budget.budget())
                      .withOnDemandUnits(budget.onDemand()),
                  job.table().keySchema()))
          .closeInto(ledger);
    }
    job.endWith(ledger, Map.of());
  }

  private static TableInfo table(
      VerifyOptions options, InputSettings plan, @Nullable ReadBudgetPlan budget) {
    return plan.describeTable(
        options,
        budget == null ? OnDemandUnits.NONE : budget.onDemand(),
        client -> {
          throw new JobException("the table " + plan.table() + " does not exist");
        });
  }
}
