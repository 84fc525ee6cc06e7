/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.verify;

import io.sluice.dynamodb.session.Progress;
import io.sluice.dynamodb.write.WriteTable;
import io.sluice.item.page.SourcedPage;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.compare.CompareSettings;
import io.sluice.pipelines.compare.CompareStep;
import io.sluice.pipelines.input.InputJob;
import io.sluice.pipelines.input.ItemInput;
import io.sluice.pipelines.input.Verdict;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.job.Coordination;
import io.sluice.pipelines.job.ProgressSettings;
import io.sluice.pipelines.job.RunningProgress;
import io.sluice.pipelines.job.WritingJob;
import io.sluice.report.Gate;
import io.sluice.report.JobReport;
import io.sluice.report.Ledger;
import io.sluice.report.Limits;
import io.sluice.report.Tally;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;

/**
 * The first job of {@code verify --repair}: an import of what the table lacks or has otherwise,
 * which writes nothing when a record is rejected.
 *
 * @param settings how items are compared, and what is deleted that only the table has
 */
record RepairJob(InputJob job, ItemInput input, CompareSettings settings, Console console) {
  private static final Limits NO_REJECTS = Limits.ofRejects(0);

  /** Runs it to its end, prints what it did, and returns its report. */
  JobReport run(Coordination coordination) {
    Pipeline pipeline = Pipeline.create(job.options());
    build(pipeline, coordination);
    JobReport report;
    try (coordination;
        RunningProgress live =
            ProgressSettings.of(job.options())
                .watch(Progress.Kind.WRITE, "reading", coordination.folder(), console)) {
      report = new WritingJob(job.table().name(), settings.work()).run(pipeline);
    } catch (JobException e) {
      throw e.after(this::print);
    }
    print(report);
    return report;
  }

  private int print(JobReport report) {
    return job.summary(report, console).printImport(NO_REJECTS, judge()::apply);
  }

  private void build(Pipeline pipeline, Coordination coordination) {
    Ledger ledger = new Ledger();
    PCollection<SourcedPage> items = job.read(ledger, pipeline, input).pagesInto(ledger);
    PCollection<SourcedPage> passed =
        items
            .apply("Gate", Gate.closingAbove(NO_REJECTS, ledger.tallies()).ofPages())
            .pagesInto(ledger);
    CompareStep compared = CompareStep.of(passed, job, settings, coordination, ledger);
    compared
        .pages()
        .apply(
            "Write table",
            WriteTable.to(job.table().name(), job.table().keySchema())
                .withClient(Aws.dynamodb(job.options()))
                .withBudget(settings.writeBudget())
                .withOnDemandUnits(settings.writes().onDemand())
                .withCoordination(coordination.name())
                .withCheckedItems()
                .ofPages())
        .closeInto(ledger);
    job.endWith(ledger, compared.sections(), judge(), coordination);
  }

  private SerializableFunction<Tally, Verdict> judge() {
    String maxPrune = settings.prune() == null ? "" : settings.prune().limit().text();
    return whole -> Verdict.ofRepair(whole, maxPrune);
  }
}
