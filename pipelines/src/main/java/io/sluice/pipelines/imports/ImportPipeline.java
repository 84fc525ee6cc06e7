/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.dynamodb.checkpoint.BucketMarks;
import io.sluice.dynamodb.checkpoint.LeaveOutWritten;
import io.sluice.dynamodb.session.Progress;
import io.sluice.dynamodb.table.TableDefinition;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.dynamodb.write.WriteEngine;
import io.sluice.dynamodb.write.WriteTable;
import io.sluice.item.page.SourcedPage;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.compare.CompareStep;
import io.sluice.pipelines.input.InputJob;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.job.ClusterEngine;
import io.sluice.pipelines.job.Coordination;
import io.sluice.pipelines.job.EmbeddedEngine;
import io.sluice.pipelines.job.ProgressSettings;
import io.sluice.pipelines.job.RunningProgress;
import io.sluice.pipelines.job.WritingJob;
import io.sluice.pipelines.table.BudgetPlan;
import io.sluice.report.Gate;
import io.sluice.report.JobReport;
import io.sluice.report.Ledger;
import io.sluice.report.Tally;
import io.sluice.report.WhenDone;
import io.sluice.source.DeleteFiles;
import java.time.Instant;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Imports files into a table: read, deduplicate, write, report. */
public final class ImportPipeline {
  private ImportPipeline() {}

  /** Runs the import to its end and reports on it; returns the exit code. */
  public static int run(ImportOptions options, Console console) {
    ImportPlan plan = ImportPlan.of(options);
    Aws.configure(options);
    FileSystems.setDefaultPipelineOptions(options);
    plan.source().outputs().check(console);
    if (plan.load() != null && !plan.dryRun()) {
      plan.load().check(console);
    }
    Instant start = Instant.now();
    try (ImportSource input = open(plan, !ClusterEngine.isDetached(options), console)) {
      return run(options, plan, input, start, console);
    }
  }

  private static int run(
      ImportOptions options, ImportPlan plan, ImportSource input, Instant start, Console console) {
    InputJob job = job(options, plan, input, start, console);
    plan.budget().tellIfAbove(job.table().name(), console);
    if (plan.raise() != null) {
      RaisePlan.check(job.table());
    }
    job.checkHeap(console);
    // Each worker of DynamoDBIO has one batch in flight, and changes are read by the runner's own.
    boolean hasOwnThreads =
        plan.engine() == WriteEngine.ASYNC && plan.changes() == null && plan.load() == null;
    EmbeddedEngine.preferThreads(hasOwnThreads ? 1 : EmbeddedEngine.processors(), options);
    ClusterEngine.divideAmong(job.workers(), options);
    ImportSurvey survey = new ImportSurvey(job, input, plan, console);
    if (plan.dryRun()) {
      return survey.dryRun();
    }
    JobReport surveyed = plan.budget().deadline() == null ? null : survey.forecast();
    RaisedTable raised = survey.raise(surveyed);
    int code;
    // What is raised before the first write is put back after the last one, or a failure.
    try (raised) {
      code = write(options, plan, input, job, start(job, plan, input, console), console);
    }
    return raised.code(code);
  }

  private static CheckpointPlan.@Nullable Start start(
      InputJob job, ImportPlan plan, ImportSource input, Console console) {
    return plan.checkpoints() == null
        ? null
        : plan.checkpoints().begin(job, input.files(), console);
  }

  private static int write(
      ImportOptions options,
      ImportPlan plan,
      ImportSource input,
      InputJob described,
      CheckpointPlan.@Nullable Start start,
      Console console) {
    InputJob job = start == null ? described : described.keeping(start.marks());
    Coordination coordination =
        plan.load() == null
            ? Coordination.of(options, plan.source().outputs().rejects(), console)
            : Coordination.none(console);
    Pipeline pipeline = Pipeline.create(options);
    build(pipeline, job, input, plan, start, coordination);
    if (job.isDetached()) {
      return job.submit(pipeline, console);
    }
    JobReport report;
    try (coordination;
        RunningProgress live =
            ProgressSettings.of(options)
                .watch(Progress.Kind.WRITE, before(plan), coordination.folder(), console)) {
      report = new WritingJob(job.table().name(), work(plan)).run(pipeline);
    } catch (JobException e) {
      throw e.after(
          done -> job.summary(done, console).printImport(plan.limits(), plan.judge()::apply));
    }
    return job.summary(report, console).printImport(plan.limits(), plan.judge()::apply);
  }

  private static String before(ImportPlan plan) {
    return plan.load() == null ? "reading" : "reading, and then DynamoDB loads";
  }

  /** Describes the table, and checks that the input can be written to it. */
  static InputJob job(
      ImportOptions options, ImportPlan plan, ImportSource input, Instant start, Console console) {
    InputJob read =
        new InputJob(
            "import",
            options,
            plan.source(),
            input,
            table(options, plan, input, console),
            plan.budget().budget().workers(),
            start);
    InputJob job = plan.comparison() == null ? read : read.comparingTable();
    input.checkKey(job.table().keySchema(), plan.source().keyFrom());
    if (plan.load() != null) {
      plan.load()
          .check(job.table(), plan.load().folder(job.table().name(), input.files()), options);
    }
    if (plan.comparison() != null) {
      plan.comparison().check(input.isOneState());
    }
    return job;
  }

  static ImportSource open(ImportPlan plan, boolean waits, Console console) {
    return plan.changes() == null
        ? ImportedItems.open(plan, waits, console)
        : ChangeFiles.of(plan.source(), plan.changes(), console);
  }

  private static WritingJob.Work work(ImportPlan plan) {
    if (plan.comparison() == null) {
      return plan.changes() == null ? WritingJob.Work.ITEMS : WritingJob.Work.CHANGES;
    }
    return plan.comparison().work();
  }

  static void build(
      Pipeline pipeline,
      InputJob job,
      ImportSource input,
      ImportPlan plan,
      CheckpointPlan.@Nullable Start start,
      Coordination coordination) {
    Ledger ledger = new Ledger();
    PCollection<SourcedPage> items = input.read(job, ledger, pipeline).pagesInto(ledger);
    if (start != null) {
      items =
          items.apply("Leave out written", LeaveOutWritten.of(start.before())).pagesInto(ledger);
    }
    Gate gate = Gate.closingAbove(plan.limits(), ledger.tallies());
    if (plan.compare() == null) {
      gate = gate.telling(new ToWrite(job.table().name()));
    }
    PCollection<SourcedPage> passed = items.apply("Gate", gate.ofPages()).pagesInto(ledger);
    PCollection<Tally> whole =
        plan.load() == null
            ? written(passed, job, plan, coordination, ledger)
            : loaded(passed, job, input, plan, coordination, ledger);
    if (start != null) {
      String kept = start.marks().folder();
      whole.apply(
          "Delete checkpoints", WhenDone.within(plan.maxRejects(), () -> BucketMarks.delete(kept)));
    }
    if (plan.deletesInput()) {
      whole.apply(
          "Delete input", DeleteFiles.of(input.files()).unlessRejectedOver(plan.maxRejects()));
    }
  }

  private static PCollection<Tally> loaded(
      PCollection<SourcedPage> passed,
      InputJob job,
      ImportSource input,
      ImportPlan plan,
      Coordination coordination,
      Ledger ledger) {
    String folder = plan.load().folder(job.table().name(), input.files());
    LoadStep step =
        new LoadStep(plan.load().spec(job, folder), plan.budget().prices(), plan.maxRejects());
    Map<String, PCollectionView<String>> sections = step.load(passed, ledger);
    PCollection<Tally> whole = job.endWith(ledger, sections, plan.judge(), coordination);
    step.deleteStaged(whole);
    return whole;
  }

  private static PCollection<Tally> written(
      PCollection<SourcedPage> passed,
      InputJob job,
      ImportPlan plan,
      Coordination coordination,
      Ledger ledger) {
    CompareStep compared = CompareStep.of(passed, job, plan.comparison(), coordination, ledger);
    compared
        .pages()
        .apply("Write table", write(job, plan, coordination).ofPages())
        .closeInto(ledger);
    return job.endWith(ledger, compared.sections(), plan.judge(), coordination);
  }

  private static WriteTable write(InputJob job, ImportPlan plan, Coordination coordination) {
    BudgetPlan budget = plan.budget();
    WriteTable write =
        WriteTable.to(job.table().name(), job.table().keySchema())
            .withClient(Aws.dynamodb(job.options()))
            .withEngine(plan.engine())
            .withBudget(plan.writeBudget(job.table()))
            .withOnDemandUnits(budget.onDemand())
            .withCoordination(coordination.name())
            .withCheckedItems();
    if (job.marks() != null) {
      write = write.keepingMarks(job.marks());
    }
    if (budget.terminateAfter() != null) {
      write = write.stoppingAt(job.start().plus(budget.terminateAfter()));
    }
    // Created only when there is something to write, so that no empty table is left behind.
    TableDefinition creation = job.table().creation();
    return creation == null ? write : write.creatingTable(creation);
  }

  /** Passes the number of items to write to the progress. */
  private record ToWrite(String table) implements Gate.Listener {
    @Override
    public void counted(Tally soFar) {
      Progress.expect(table, soFar.remaining(), soFar.rejected());
    }
  }

  private static TableInfo table(
      ImportOptions options, ImportPlan plan, ImportSource input, Console console) {
    return plan.newTable()
        .describe(options, plan.source(), plan.onDemand(), plan.dryRun(), input, console);
  }
}
