/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.capacity.TableCapacity;
import io.sluice.capacity.WriteCost;
import io.sluice.capacity.WriteForecast;
import io.sluice.capacity.WriteForecastText;
import io.sluice.item.page.SourcedPage;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.compare.CompareStep;
import io.sluice.pipelines.input.InputJob;
import io.sluice.pipelines.job.Coordination;
import io.sluice.pipelines.job.JobRunner;
import io.sluice.pipelines.table.BudgetPlan;
import io.sluice.report.JobReport;
import io.sluice.report.Ledger;
import io.sluice.report.Outcome;
import io.sluice.survey.SurveyItems;
import io.sluice.survey.SurveySection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Reads and checks all that an import would write, and writes no item. */
record ImportSurvey(InputJob job, ImportSource input, ImportPlan plan, Console console) {

  /** Runs it in place of the import; returns the exit code. */
  int dryRun() {
    Pipeline survey = pipeline(true);
    if (job.isDetached()) {
      return job.submit(survey, console);
    }
    JobReport report;
    try {
      report = JobRunner.run(survey);
    } catch (JobException e) {
      throw e.after(
          done -> job.summary(done, console).printImport(plan.limits(), plan.judge()::apply));
    }
    int code = job.summary(report, console).printImport(plan.limits(), plan.judge()::apply);
    print(report);
    return code;
  }

  /** Runs it before the import, prints how long that will take, and returns what was found. */
  JobReport forecast() {
    JobReport report = JobRunner.run(pipeline(false));
    print(report);
    return report;
  }

  /**
   * Raises the capacity of the table as the plan says, unless nothing will be written.
   *
   * @param found what was surveyed; null when the input has not been read
   * @throws JobException when it cannot be raised, or could not be put back
   */
  RaisedTable raise(@Nullable JobReport found) {
    if (plan.raise() == null) {
      return RaisedTable.none();
    }
    String table = job.table().name();
    if (found != null
        && (plan.limits().isRejectedTooMuch(found.tally())
            || plan.limits().isDeletedTooMuch(found.tally())
            || forecast(found).load().items() == 0)) {
      console.tell("nothing will be written: the capacity of %s stays".formatted(table));
      return RaisedTable.none();
    }
    return RaisedTable.raise(
        job.options(),
        table,
        plan.raise().run(),
        plan.raise().wanted(job.table().capacity(), found == null ? null : forecast(found)),
        console);
  }

  private void print(JobReport report) {
    List<String> lines =
        plan.load() == null
            ? new WriteForecastText(forecast(report)).lines()
            : LoadForecast.of(plan.load(), section(report), plan.budget().prices())
                .lines(plan.load().staging());
    lines.forEach(console.out()::println);
  }

  /** Returns the forecast of writing what was surveyed. */
  WriteForecast forecast(JobReport report) {
    BudgetPlan budget = plan.budget();
    TableCapacity capacity = job.table().capacity();
    return new WriteForecast(
        job.table().name(),
        section(report).load(capacity),
        budget.deadline(),
        capacity,
        plan.writeBudget(job.table()),
        budget.prices());
  }

  /** Returns what was found of the items. */
  static SurveySection section(JobReport report) {
    return SurveySection.of(report).orElseThrow();
  }

  /** Surveys all items, without a comparison with the table and without a file. */
  JobReport read() {
    ImportSurvey whole = new ImportSurvey(job, input, plan.writingAll(), console);
    return JobRunner.run(whole.pipeline(false));
  }

  /**
   * Builds the pipeline.
   *
   * @param writesFiles whether it writes rejections and report, as an import does
   */
  private Pipeline pipeline(boolean writesFiles) {
    Pipeline pipeline = Pipeline.create(job.options());
    Ledger ledger = new Ledger();
    WriteCost cost = new WriteCost(job.table().keySchema(), job.table().indexes());
    PCollection<SourcedPage> items = input.read(job, ledger, pipeline).pagesInto(ledger);
    CompareStep compared =
        CompareStep.of(items, job, plan.comparison(), Coordination.none(console), ledger);
    PCollectionTuple survey =
        compared.pages().apply("Survey", SurveyItems.withCost(cost).ofPages());
    ledger.add(survey.get(Outcome.TALLIES));
    Map<String, PCollectionView<String>> sections = new TreeMap<>(compared.sections());
    sections.put(SurveySection.NAME, SurveyItems.sectionOf(survey));
    if (writesFiles) {
      job.endWith(ledger, sections, plan.judge(), Coordination.none(console));
    } else {
      job.endWithoutFiles(ledger, sections);
    }
    return pipeline;
  }
}
