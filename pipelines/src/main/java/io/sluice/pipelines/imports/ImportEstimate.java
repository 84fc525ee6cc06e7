/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.bulk.LoadOperation;
import io.sluice.capacity.ReadLoad;
import io.sluice.capacity.WriteForecast;
import io.sluice.capacity.WriteForecastPart;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.dynamodb.verify.CompareChoice;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.input.InputJob;
import io.sluice.pipelines.input.Verdict;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.job.EmbeddedEngine;
import io.sluice.pipelines.planning.JobState;
import io.sluice.pipelines.planning.PlanSettings;
import io.sluice.pipelines.planning.PlannedJob;
import io.sluice.pipelines.planning.TableFigures;
import io.sluice.pipelines.table.TableScans;
import io.sluice.plan.Alternative;
import io.sluice.plan.Bill;
import io.sluice.plan.Charges;
import io.sluice.plan.Estimate;
import io.sluice.plan.JobPlan;
import io.sluice.plan.JobPlan.Figure;
import io.sluice.report.Count;
import io.sluice.report.JobReport;
import io.sluice.report.Tally;
import io.sluice.storage.S3Meter;
import io.sluice.storage.S3Requests;
import io.sluice.survey.SurveySection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * Plans an import: reads, checks and deduplicates all of its input, as a dry run does, and looks at
 * the table.
 */
final class ImportEstimate {
  private final ImportPlan plan;
  private final InputJob job;
  private final ImportSource input;
  private final PlanSettings settings;
  private final Map<Figure, Estimate> figures = new EnumMap<>(Figure.class);
  private final Map<String, Estimate> indexes = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();

  private ImportEstimate(ImportPlan plan, InputJob job, ImportSource input, PlanSettings settings) {
    this.plan = plan;
    this.job = job;
    this.input = input;
    this.settings = settings;
  }

  /** Plans the import. */
  static PlannedJob of(ImportOptions options, PlanSettings settings, Console console) {
    ImportPlan plan = begin(options);
    try (ImportSource input = ImportPipeline.open(plan, true, console)) {
      InputJob job = ImportPipeline.job(options, plan, input, Instant.now(), console);
      job.checkHeap(console);
      ImportSurvey survey = new ImportSurvey(job, input, plan, console);
      JobPlan planned = new ImportEstimate(plan, job, input, settings).of(survey);
      return new PlannedJob(planned, state(input, job.table()));
    }
  }

  /** Returns what the plan depends on. */
  static JobState stateOf(ImportOptions options, Console console) {
    ImportPlan plan = begin(options);
    try (ImportSource input = ImportPipeline.open(plan, true, console)) {
      return state(input, ImportPipeline.job(options, plan, input, Instant.now(), console).table());
    }
  }

  private static ImportPlan begin(ImportOptions options) {
    ImportPlan plan = ImportPlan.of(options);
    Aws.configure(options);
    FileSystems.setDefaultPipelineOptions(options);
    return plan;
  }

  private static JobState state(ImportSource input, TableInfo table) {
    return JobState.empty().ofTable(table).ofFiles(input.files());
  }

  private JobPlan of(ImportSurvey survey) {
    JobReport report = survey.read();
    S3Requests requests = S3Meter.ofJob().count().orElseThrow();
    Tally tally = report.tally();
    WriteForecast all = survey.forecast(report);
    figures.put(Figure.INPUT_BYTES, inputBytes());
    figures.put(Figure.RECORDS, Estimate.exactly(tally.count(Count.READ)));
    figures.put(Figure.ITEMS, Estimate.exactly(all.load().items()));
    rejections(tally);
    writes(all);
    List<Alternative> ways = ways(all, report);
    if (plan.load() != null) {
      return loaded(report, ways);
    }
    if (plan.compare() != null && job.table().exists()) {
      comparison(all);
    } else if (job.table().items() > 0) {
      notes.add(
          "The table has items: one that replaces a larger item takes the write units of that, and"
              + " one that changes the key of an index entry takes units for both.");
    }
    figures.putIfAbsent(Figure.SECONDS, Estimate.atLeast(all.takes().toSeconds()));
    notes.add("The time is what the capacity allows; a slow machine or network takes longer.");
    EngineChoice.verdict(ways, all.deadline()).ifPresent(notes::add);
    Bill bill = bill(requests);
    return new JobPlan("import", job.title(), figures, indexes, bill, ways, notes);
  }

  /** Changes can only be applied, and a comparison be followed, by requests. */
  private List<Alternative> ways(WriteForecast all, JobReport report) {
    return plan.compare() != null || plan.changes() != null
        ? List.of()
        : new EngineChoice(plan, job.table(), ImportSurvey.section(report), all)
            .alternatives(units().bill(), job.options());
  }

  private JobPlan loaded(JobReport report, List<Alternative> ways) {
    SurveySection survey = ImportSurvey.section(report);
    LoadForecast forecast = LoadForecast.of(plan.load(), survey, plan.budget().prices());
    // Units would be those of requests, of which there are none.
    figures.remove(Figure.WRITE_UNITS);
    indexes.clear();
    figures.put(Figure.OUTPUT_BYTES, Estimate.exactly(survey.jsonBytes()));
    figures.put(Figure.SECONDS, forecast.seconds());
    notes.add(
        "The output is DynamoDB JSON before compression, which DynamoDB reads; nobody promises how"
            + " long that takes.");
    if (plan.load().operation() == LoadOperation.BULK_PUT) {
      notes.add(LoadForecast.UNPRICED);
    }
    EngineChoice.verdict(ways, null).ifPresent(notes::add);
    return new JobPlan("import", job.title(), figures, indexes, forecast.bill(), ways, notes);
  }

  private Estimate inputBytes() {
    List<MatchResult.Metadata> files = input.files();
    return files.isEmpty()
        ? Estimate.UNKNOWN
        : Estimate.exactly(files.stream().mapToLong(MatchResult.Metadata::sizeBytes).sum());
  }

  private void rejections(Tally tally) {
    if (input.files().isEmpty()) {
      notes.add("The rows of a database may change until the run, which nothing notices.");
    }
    if (tally.rejected() > 0) {
      notes.add(tally.rejected() + " records are rejected.");
    }
    Verdict verdict = plan.writingAll().judge().apply(tally);
    if (verdict.reason() != null) {
      notes.add("The import would end with exit code " + verdict.code() + ": " + verdict.reason());
    }
  }

  private void writes(WriteForecast all) {
    for (WriteForecastPart part : all.parts()) {
      if (!part.isTable()) {
        indexes.put(part.index(), Estimate.exactly(part.units()));
        continue;
      }
      figures.put(Figure.WRITE_UNITS, Estimate.exactly(part.units()));
      if (all.deadline() != null) {
        figures.put(
            Figure.NEEDED_WRITE_UNITS, Estimate.exactly(part.required() / all.budget().ratio()));
      }
    }
    if (!all.isEnough()) {
      all.command().ifPresent(command -> notes.add("To meet the deadline: " + command));
    }
  }

  /** An item that is unchanged takes no write units; how many are is not known before. */
  private void comparison(WriteForecast all) {
    figures.computeIfPresent(
        Figure.WRITE_UNITS, (figure, units) -> Estimate.between(0, units.high()));
    indexes.replaceAll((index, units) -> Estimate.between(0, units.high()));
    TableInfo table = job.table();
    TableFigures there =
        TableFigures.of(job.options(), table, null, table.items(), table.bytes(), settings);
    ReadLoad counted =
        TableScans.of(job.options(), table, plan.comparison().reads()).inSmallSegments().load();
    long keys = all.load().items();
    double[] units = {
      units(keys, there.items().low(), there.bytes().low(), counted.segments()),
      units(keys, there.items().high(), there.bytes().high(), counted.segments())
    };
    Estimate reads = Estimate.between(Math.min(units[0], units[1]), Math.max(units[0], units[1]));
    figures.put(Figure.READ_UNITS, reads);
    // All may be unchanged, and then nothing is written.
    double allowed =
        plan.comparison().reads().budget().allowed(table.capacity().table().readUnits());
    figures.put(Figure.SECONDS, Estimate.atLeast(reads.low() / allowed));
    notes.addAll(there.notes());
    notes.add("Items that the table has as they are take no write units: how many is not known.");
  }

  /** Returns the units of reading what the table has of some keys, the cheaper way. */
  private double units(long keys, double items, double bytes, int segments) {
    boolean isKnown = Double.isFinite(items);
    ReadLoad load =
        new ReadLoad(
            isKnown ? (long) items : 0,
            isKnown ? (long) bytes : 0,
            segments,
            plan.comparison().isConsistent());
    CompareChoice choice = CompareChoice.cheaper(keys, 0, load, isKnown && items == 0);
    return plan.comparison().prune() == null ? choice.units() : load.units();
  }

  private Charges units() {
    Estimate writes =
        indexes.values().stream().reduce(figures.get(Figure.WRITE_UNITS), Estimate::plus);
    return Charges.at(plan.budget().prices())
        .units(
            job.table().capacity(), figures.getOrDefault(Figure.READ_UNITS, Estimate.ZERO), writes);
  }

  /** Adds what the run asks of S3: what the plan did, and once more to judge a deadline. */
  private void requests(S3Requests read, Charges charges) {
    if (!EmbeddedEngine.isHere(job.options())) {
      notes.add("The requests to S3 are not counted, since they are sent by other machines.");
      return;
    }
    int times = plan.budget().deadline() == null ? 1 : 2;
    charges.requests(
        Estimate.exactly((double) times * read.writes()),
        Estimate.exactly((double) times * read.reads()));
  }

  private Bill bill(S3Requests read) {
    Charges charges = units();
    requests(read, charges);
    return settings.runnerHour() == null
        ? charges.bill()
        : charges.runner(figures.get(Figure.SECONDS), settings.runnerHour()).bill();
  }
}
