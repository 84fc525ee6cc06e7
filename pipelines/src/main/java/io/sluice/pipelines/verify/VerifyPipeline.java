/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.verify;

import io.sluice.capacity.Budget;
import io.sluice.dynamodb.scan.ScanTable;
import io.sluice.dynamodb.session.Progress;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.dynamodb.verify.CompareTable;
import io.sluice.dynamodb.verify.FindUnexpected;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.WorkerOptions;
import io.sluice.pipelines.input.InputJob;
import io.sluice.pipelines.input.InputSettings;
import io.sluice.pipelines.input.ItemInput;
import io.sluice.pipelines.input.ItemInputs;
import io.sluice.pipelines.input.ReceiptSection;
import io.sluice.pipelines.input.Verdict;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.job.ClusterEngine;
import io.sluice.pipelines.job.Coordination;
import io.sluice.pipelines.job.EmbeddedEngine;
import io.sluice.pipelines.job.JobRunner;
import io.sluice.pipelines.job.ProgressSettings;
import io.sluice.pipelines.job.RunningProgress;
import io.sluice.pipelines.table.ReadBudgetPlan;
import io.sluice.report.JobReport;
import io.sluice.report.Ledger;
import io.sluice.report.Outcome;
import io.sluice.storage.S3Meter;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Verifies files against a table: reads as the import does, compares and reports. Writes nothing to
 * the table, unless it is told to repair it first.
 */
public final class VerifyPipeline {
  private VerifyPipeline() {}

  /** Runs the verification to its end and reports on it; returns the exit code. */
  public static int run(VerifyOptions options, Console console) {
    VerifyPlan plan = VerifyPlan.of(options);
    Aws.configure(options);
    FileSystems.setDefaultPipelineOptions(options);
    plan.source().outputs().check(console);
    Instant start = Instant.now();
    boolean waits = !ClusterEngine.isDetached(options);
    try (ItemInput input = open(plan, waits, console)) {
      InputJob job = job(options, plan, input, start);
      job.checkHeap(console);
      // Each thread has one request of the comparison; the scan of --full runs beside that.
      EmbeddedEngine.preferThreads(Math.max(2, EmbeddedEngine.processors()), options);
      ClusterEngine.divideAmong(job.workers(), options);
      Coordination coordination = coordination(job, plan, console);
      return plan.repair() == null
          ? verify(job, input, plan, Optional.empty(), coordination, console)
          : repair(job, input, plan, coordination, console);
    }
  }

  static ItemInput open(VerifyPlan plan, boolean waits, Console console) {
    return ItemInputs.open(plan.source(), plan.budget().budget().workers(), waits, console);
  }

  /** Describes the table, and checks that the input can be compared with it. */
  static InputJob job(VerifyOptions options, VerifyPlan plan, ItemInput input, Instant start) {
    TableInfo table = table(options, plan);
    input.checkKey(table.keySchema(), plan.source().keyFrom());
    int workers = plan.budget().budget().workers();
    return new InputJob("verify", options, plan.source(), input, table, workers, start);
  }

  /** Repairs, and then verifies; a rejection ends it before that. */
  private static int repair(
      InputJob job, ItemInput input, VerifyPlan plan, Coordination coordination, Console console) {
    plan.repair().check(input.isOneState());
    plan.repair().writes().tellIfAbove(job.table().name(), console);
    JobReport repaired =
        new RepairJob(job.comparingTable(), input, plan.repair(), console).run(coordination);
    if (repaired.tally().rejected() > 0) {
      return ExitCode.REJECTIONS;
    }
    // The bill of the verification is not that of the repair.
    S3Meter.begin();
    return verify(
        job.startedAgain(Instant.now()),
        input,
        plan,
        Optional.of(RepairSection.json(repaired)),
        // Where there is no folder, that has been told.
        coordination.folder() == null ? coordination : coordination(job, plan, console),
        console);
  }

  private static Coordination coordination(InputJob job, VerifyPlan plan, Console console) {
    return Coordination.of(
        job.options().as(WorkerOptions.class), plan.source().outputs().rejects(), console);
  }

  private static int verify(
      InputJob job,
      ItemInput input,
      VerifyPlan plan,
      Optional<String> repaired,
      Coordination coordination,
      Console console) {
    Pipeline pipeline = Pipeline.create(job.options());
    build(pipeline, job, input, plan, repaired, coordination);
    if (job.isDetached()) {
      return job.submit(pipeline, console);
    }
    JobReport report;
    try (coordination;
        RunningProgress live =
            ProgressSettings.of(job.options())
                .watch(Progress.Kind.COMPARE, "reading", coordination.folder(), console)) {
      report = JobRunner.run(pipeline);
    } catch (JobException e) {
      throw e.after(done -> job.summary(done, console).printVerification());
    }
    return job.summary(report, console).printVerification();
  }

  private static void build(
      Pipeline pipeline,
      InputJob job,
      ItemInput input,
      VerifyPlan plan,
      Optional<String> repaired,
      Coordination coordination) {
    ReadBudgetPlan budget = plan.budget();
    // The scan for items that are only in the table runs at the same time as the comparison.
    Budget share = plan.full() ? budget.budget().dividedBy(2) : budget.budget();
    Ledger ledger = new Ledger();
    PCollection<SourcedItem> items = job.read(ledger, pipeline, input).into(ledger);
    Outcome compared =
        items.apply(
            "Compare",
            CompareTable.with(job.table().name(), job.table().keySchema())
                .withClient(Aws.dynamodb(job.options()))
                .withBudget(share)
                .withOnDemandUnits(budget.onDemand())
                .withCoordination(coordination.name()));
    compared.closeInto(ledger);
    Outcome unexpected = null;
    if (plan.full()) {
      ScanTable scan =
          ScanTable.of(job.table())
              .withClient(Aws.dynamodb(job.options()))
              .withBudget(share)
              .withOnDemandUnits(budget.onDemand())
              .withCoordination(coordination.name());
      KeySchema schema = job.table().keySchema();
      unexpected =
          items.apply(
              "Find unexpected", FindUnexpected.by(scan, schema).within(plan.scopeOf(schema)));
      unexpected.closeInto(ledger);
    }
    Map<String, PCollectionView<String>> sections = new TreeMap<>();
    sections.put(ReceiptSection.NAME, ReceiptStep.of(compared, unexpected));
    repaired.ifPresent(
        json ->
            sections.put(
                RepairSection.NAME,
                pipeline
                    .apply("Repair as JSON", Create.of(json))
                    .apply("Repair view", View.asSingleton())));
    job.endWith(ledger, sections, Verdict::ofVerification, coordination);
  }

  private static TableInfo table(VerifyOptions options, VerifyPlan plan) {
    InputSettings source = plan.source();
    return source.describeTable(
        options,
        plan.onDemand(),
        client -> {
          throw new JobException("the table " + source.table() + " does not exist");
        });
  }
}
