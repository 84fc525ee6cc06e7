/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import io.sluice.dynamodb.CompareTable;
import io.sluice.dynamodb.FindUnexpected;
import io.sluice.dynamodb.ScanTable;
import io.sluice.dynamodb.TableInfo;
import io.sluice.item.SourcedItem;
import io.sluice.report.JobReport;
import io.sluice.report.Ledger;
import java.time.Instant;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.values.PCollection;

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
    ReadBudgetPlan budget = ReadBudgetPlan.of(options, problems);
    problems.throwIfAny();
    Aws.configure(options);
    FileSystems.setDefaultPipelineOptions(options);
    Places.checkRejects(options.getRejects());
    Places.checkReport(options.getReport());
    Instant start = Instant.now();
    SourceJob job =
        new SourceJob(
            "verify", options, plan, Input.of(plan, options), table(options, plan, budget), start);
    Pipeline pipeline = Pipeline.create(options);
    build(pipeline, job, options, budget);
    JobReport report = Jobs.run(pipeline);
    return Summary.printVerification(report, job.rejectsFolder(), start);
  }

  static void build(
      Pipeline pipeline, SourceJob job, VerifyOptions options, ReadBudgetPlan budget) {
    Ledger ledger = new Ledger();
    PCollection<SourcedItem> items = job.readInto(ledger, pipeline, job.input().read());
    items
        .apply(
            "Compare",
            CompareTable.with(job.table().name(), job.table().keySchema())
                .withClient(Aws.dynamodb(options)))
        .closeInto(ledger);
    if (options.isFull()) {
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

  private static TableInfo table(VerifyOptions options, SourcePlan plan, ReadBudgetPlan budget) {
    return Tables.describe(
        options,
        plan,
        budget.onDemand(),
        client -> {
          throw new JobException("the table " + plan.table() + " does not exist");
        });
  }
}
