/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import io.sluice.capacity.OnDemandUnits;
import io.sluice.dynamodb.CompareTable;
import io.sluice.dynamodb.FindUnexpected;
import io.sluice.dynamodb.ScanTable;
import io.sluice.dynamodb.TableInfo;
import io.sluice.item.SourcedItem;
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

  public static void main(String[] args) {
    Main.main(Main.withPipeline("verify", args));
  }

  /** Runs the verification to its end and tells of it; the exit code. */
  static int run(VerifyOptions options) {
    Problems problems = new Problems();
    SourcePlan plan = SourcePlan.of(options, problems);
    ReadBudgetPlan budget = budget(options, problems);
    problems.throwIfAny();
    Aws.configure(options);
    FileSystems.setDefaultPipelineOptions(options);
    Places.checkRejects(options.getRejects());
    Places.checkReport(options.getReport());
    Instant start = Instant.now();
    SourceJob job =
        new SourceJob(
            "verify", options, plan, Input.of(plan, options), table(options, plan, budget), start);
    job.warnOfHeap();
    Pipeline pipeline = Pipeline.create(options);
    build(pipeline, job, options, budget);
    try {
      return Summary.printVerification(Jobs.run(pipeline), job.rejectsFolder(), start);
    } catch (JobException e) {
      throw e.after(done -> Summary.printVerification(done, job.rejectsFolder(), start));
    }
  }

  /** How fast to scan; null when nothing is to be scanned, which needs no rate. */
  static @Nullable ReadBudgetPlan budget(VerifyOptions options, Problems problems) {
    if (options.isFull()) {
      return ReadBudgetPlan.of(options, problems);
    }
    VerifyOptions defaults = PipelineOptionsFactory.as(VerifyOptions.class);
    onlyForFull("readRatio", options.getReadRatio() != defaults.getReadRatio(), problems);
    onlyForFull("workers", options.getWorkers() != null, problems);
    onlyForFull("onDemandReadUnits", options.getOnDemandReadUnits() != null, problems);
    return null;
  }

  private static void onlyForFull(String option, boolean given, Problems problems) {
    if (given) {
      problems.add("--" + option + " goes with --full, which scans the table");
    }
  }

  /**
   * @param budget of the scan for what is only in the table; null for none
   */
  private static void build(
      Pipeline pipeline, SourceJob job, VerifyOptions options, @Nullable ReadBudgetPlan budget) {
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
      VerifyOptions options, SourcePlan plan, @Nullable ReadBudgetPlan budget) {
    return Tables.describe(
        options,
        plan,
        budget == null ? OnDemandUnits.NONE : budget.onDemand(),
        client -> {
          throw new JobException("the table " + plan.table() + " does not exist");
        });
  }
}
