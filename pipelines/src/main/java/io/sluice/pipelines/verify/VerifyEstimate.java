/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.verify;

import io.sluice.capacity.ForecastFormat;
import io.sluice.capacity.ReadLoad;
import io.sluice.capacity.WriteCost;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.input.InputJob;
import io.sluice.pipelines.input.ItemInput;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.job.EmbeddedEngine;
import io.sluice.pipelines.job.JobRunner;
import io.sluice.pipelines.planning.JobState;
import io.sluice.pipelines.planning.PlanSettings;
import io.sluice.pipelines.planning.PlannedJob;
import io.sluice.pipelines.planning.TableFigures;
import io.sluice.pipelines.table.PriceSettings;
import io.sluice.plan.Charges;
import io.sluice.plan.Estimate;
import io.sluice.plan.JobPlan;
import io.sluice.plan.JobPlan.Figure;
import io.sluice.report.Count;
import io.sluice.report.JobReport;
import io.sluice.report.Ledger;
import io.sluice.report.Outcome;
import io.sluice.storage.S3Meter;
import io.sluice.storage.S3Requests;
import io.sluice.survey.SurveyItems;
import io.sluice.survey.SurveySection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.values.PCollectionTuple;

/** Plans a verification: reads and checks all of its input, and looks at the table. */
final class VerifyEstimate {
  /** An item takes a unit for each four of the 1 KB for which a write takes one. */
  private static final double WRITES_OF_READ = 4;

  private final VerifyPlan plan;
  private final InputJob job;
  private final PlanSettings settings;
  private final Map<Figure, Estimate> figures = new EnumMap<>(Figure.class);
  private final List<String> notes = new ArrayList<>();

  private VerifyEstimate(VerifyPlan plan, InputJob job, PlanSettings settings) {
    this.plan = plan;
    this.job = job;
    this.settings = settings;
  }

  /** Plans the verification. */
  static PlannedJob of(VerifyOptions options, PlanSettings settings, Console console) {
    VerifyPlan plan = begin(options);
    try (ItemInput input = VerifyPipeline.open(plan, true, console)) {
      InputJob job = VerifyPipeline.job(options, plan, input, Instant.now());
      job.checkHeap(console);
      return new PlannedJob(new VerifyEstimate(plan, job, settings).of(input), state(input, job));
    }
  }

  /** Returns what the plan depends on. */
  static JobState stateOf(VerifyOptions options, Console console) {
    VerifyPlan plan = begin(options);
    try (ItemInput input = VerifyPipeline.open(plan, true, console)) {
      return state(input, VerifyPipeline.job(options, plan, input, Instant.now()));
    }
  }

  private static VerifyPlan begin(VerifyOptions options) {
    VerifyPlan plan = VerifyPlan.of(options);
    Aws.configure(options);
    FileSystems.setDefaultPipelineOptions(options);
    return plan;
  }

  private static JobState state(ItemInput input, InputJob job) {
    return JobState.empty().ofTable(job.table()).ofFiles(input.files());
  }

  private JobPlan of(ItemInput input) {
    JobReport read = read(input);
    S3Requests requests = S3Meter.ofJob().count().orElseThrow();
    SurveySection survey = SurveySection.of(read).orElseThrow();
    Estimate reads = compared(survey);
    if (plan.full()) {
      reads = reads.plus(scanned());
    }
    figures.put(
        Figure.INPUT_BYTES,
        input.files().isEmpty() ? Estimate.UNKNOWN : Estimate.exactly(input.bytes()));
    figures.put(Figure.RECORDS, Estimate.exactly(read.tally().count(Count.READ)));
    figures.put(Figure.ITEMS, Estimate.exactly(survey.items()));
    if (plan.repair() != null) {
      // It reads the table before it writes what differs, and then verifies.
      reads = reads.plusAsFarAsKnown(Estimate.UNKNOWN);
      figures.put(Figure.WRITE_UNITS, Estimate.UNKNOWN);
      notes.add("How much differs, and is repaired, is not known before the table is read.");
    }
    figures.put(Figure.READ_UNITS, reads);
    double allowed = plan.budget().budget().allowed(job.table().capacity().table().readUnits());
    Estimate seconds = reads.isKnown() ? Estimate.atLeast(reads.low() / allowed) : Estimate.UNKNOWN;
    figures.put(Figure.SECONDS, seconds);
    Charges charges =
        Charges.at(PriceSettings.ofWrites(job.options()).prices())
            .units(
                job.table().capacity(),
                reads,
                figures.getOrDefault(Figure.WRITE_UNITS, Estimate.ZERO));
    if (EmbeddedEngine.isHere(job.options())) {
      // The run reads the input as the plan has.
      charges.requests(Estimate.exactly(requests.writes()), Estimate.exactly(requests.reads()));
    } else {
      notes.add("The requests to S3 are not counted, since they are sent by other machines.");
    }
    if (settings.runnerHour() != null) {
      charges.runner(seconds, settings.runnerHour());
    }
    return new JobPlan("verify", job.title(), figures, Map.of(), charges.bill(), notes);
  }

  private JobReport read(ItemInput input) {
    Pipeline pipeline = Pipeline.create(job.options());
    Ledger ledger = new Ledger();
    PCollectionTuple survey =
        job.read(ledger, pipeline, input)
            .pagesInto(ledger)
            .apply(
                "Survey",
                SurveyItems.withCost(new WriteCost(job.table().keySchema(), List.of())).ofPages());
    ledger.add(survey.get(Outcome.TALLIES));
    job.endWithoutFiles(ledger, Map.of(SurveySection.NAME, SurveyItems.sectionOf(survey)));
    return JobRunner.run(pipeline);
  }

  /**
   * Each item is read by its key, consistently: a unit for 4 KB, rounded up, or one if there is
   * none. How large those of the table are, nobody knows before.
   */
  private Estimate compared(SurveySection survey) {
    double writes = survey.writeUnits().table();
    double items = survey.items();
    Estimate alike =
        Estimate.between(
            Math.max(items, writes / WRITES_OF_READ),
            (writes + (WRITES_OF_READ - 1) * items) / WRITES_OF_READ);
    notes.add(
        "If the items of the table are as large as those of the input, comparing takes %s read units."
            .formatted(alike.text(ForecastFormat::number)));
    return items == 0 ? Estimate.ZERO : Estimate.atLeast(items);
  }

  /** Items that only the table has are found by a scan, which is consistent. */
  private Estimate scanned() {
    TableFigures there =
        TableFigures.of(
            job.options(), job.table(), null, job.table().items(), job.table().bytes(), settings);
    notes.addAll(there.notes());
    return there.bytes().isKnown() && Double.isFinite(there.bytes().high())
        ? Estimate.between(units(there.bytes().low()), units(there.bytes().high()))
        : there.bytes().isKnown() ? Estimate.atLeast(units(there.bytes().low())) : Estimate.UNKNOWN;
  }

  private static double units(double bytes) {
    return new ReadLoad(1, (long) bytes, 1, true).units();
  }
}
