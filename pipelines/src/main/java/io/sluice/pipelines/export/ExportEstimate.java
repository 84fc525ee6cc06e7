/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import io.sluice.capacity.ExportForecastText;
import io.sluice.capacity.ReadForecast;
import io.sluice.capacity.ReadLoad;
import io.sluice.format.nativeexport.ExportManifest;
import io.sluice.format.nativeexport.ExportSummary;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.planning.JobState;
import io.sluice.pipelines.planning.OutputRequests;
import io.sluice.pipelines.planning.OutputSize;
import io.sluice.pipelines.planning.PlanSettings;
import io.sluice.pipelines.planning.PlannedJob;
import io.sluice.pipelines.planning.TableFigures;
import io.sluice.pipelines.table.TableNames;
import io.sluice.plan.Charges;
import io.sluice.plan.Estimate;
import io.sluice.plan.JobPlan;
import io.sluice.plan.JobPlan.Figure;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Snapshots;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;

/** Plans an export: looks at the table, and at the snapshot before. */
final class ExportEstimate {
  private final ExportJob job;
  private final PlanSettings settings;
  private final Map<Figure, Estimate> figures = new EnumMap<>(Figure.class);
  private final List<String> notes = new ArrayList<>();

  private ExportEstimate(ExportJob job, PlanSettings settings) {
    this.job = job;
    this.settings = settings;
  }

  /** Plans the export. */
  static PlannedJob of(ExportOptions options, PlanSettings settings, Console console) {
    ExportJob job = begin(options, console);
    return new PlannedJob(new ExportEstimate(job, settings).plan(), state(job));
  }

  /** Returns what the plan depends on. */
  static JobState stateOf(ExportOptions options, Console console) {
    return state(begin(options, console));
  }

  private static ExportJob begin(ExportOptions options, Console console) {
    ExportPlan plan = ExportPlan.of(options);
    Aws.configure(options, plan.catalog().endpoint());
    FileSystems.setDefaultPipelineOptions(options);
    ExportJob job = ExportJob.of(options, plan, Instant.now());
    boolean isThere = plan.source() != null && plan.source().location() != null;
    return isThere ? job.reading(NativeSource.of(options, plan, job.table(), console)) : job;
  }

  private static JobState state(ExportJob job) {
    JobState state = JobState.empty().ofTable(job.table());
    return job.export() == null
        ? state
        : state.and(job.export().folder(), job.export().summary().toString());
  }

  private JobPlan plan() {
    Charges charges = Charges.at(job.plan().prices());
    ExportManifest export = job.export();
    Estimate seconds = Estimate.UNKNOWN;
    if (export != null) {
      ExportSummary summary = export.summary();
      figures.put(Figure.ITEMS, Estimate.exactly(summary.items()));
      figures.put(Figure.READ_UNITS, Estimate.ZERO);
    } else {
      TableFigures there = table();
      figures.put(Figure.ITEMS, kept(there.items()));
      if (job.plan().source() != null) {
        figures.put(Figure.READ_UNITS, Estimate.ZERO);
        charges.export(there.bytes());
        notes.add("How long DynamoDB takes to export is not known: minutes, whatever the size.");
        notes.addAll(new ExportForecastText(forecast(there.bytes().high())).lines());
      } else {
        seconds = scan(there, charges);
      }
    }
    Optional<Manifest> before = before();
    Estimate items = figures.get(Figure.ITEMS);
    figures.put(Figure.OUTPUT_BYTES, output(before, items));
    figures.put(Figure.SECONDS, seconds);
    charges.storage(figures.get(Figure.OUTPUT_BYTES));
    if (job.target() != null) {
      OutputRequests.add(
          charges,
          job.plan().output(),
          before
              .map(last -> items.times((double) last.files().size() / last.items()))
              .orElse(Estimate.UNKNOWN));
    }
    if (settings.runnerHour() != null) {
      charges.runner(seconds, settings.runnerHour());
    }
    return new JobPlan(
        "export",
        job.table().name() + (job.target() == null ? "" : " -> " + job.target().snapshot()),
        figures,
        Map.of(),
        charges.bill(),
        notes);
  }

  private TableFigures table() {
    ReadForecast counted = job.forecast();
    TableFigures there =
        TableFigures.of(
            job.options(),
            job.table(),
            job.plan().scan().index(),
            counted.load().items(),
            counted.load().bytes(),
            settings);
    notes.addAll(there.notes());
    return there;
  }

  /** A filter keeps fewer items than it reads. */
  private Estimate kept(Estimate all) {
    return job.plan().scan().filter() == null || !all.isKnown()
        ? all
        : Estimate.between(0, all.high());
  }

  private Estimate scan(TableFigures there, Charges charges) {
    Estimate reads =
        there.bytes().isKnown()
            ? Estimate.between(units(there.bytes().low()), units(there.bytes().high()))
            : Estimate.UNKNOWN;
    figures.put(Figure.READ_UNITS, reads);
    charges.units(job.table().capacity(), reads, Estimate.ZERO);
    ReadForecast forecast = job.forecast();
    double allowed = forecast.budget().allowed(forecast.capacity().readUnits());
    notes.add("The time is what the capacity allows; a slow machine or network takes longer.");
    return reads.isKnown() ? Estimate.atLeast(reads.low() / allowed) : Estimate.UNKNOWN;
  }

  private double units(double bytes) {
    if (Double.isInfinite(bytes)) {
      return bytes;
    }
    ReadLoad counted = job.forecast().load();
    return new ReadLoad(1, (long) bytes, counted.segments(), counted.consistent()).units();
  }

  private ReadForecast forecast(double bytes) {
    ReadForecast counted = job.forecast();
    long known = Double.isFinite(bytes) ? (long) bytes : 0;
    return new ReadForecast(
        counted.what(),
        new ReadLoad(
            known > 0 ? Math.max(1, counted.load().items()) : 0,
            known,
            counted.load().segments(),
            counted.load().consistent()),
        counted.onDemand(),
        counted.capacity(),
        counted.budget(),
        counted.prices());
  }

  /** The files of the snapshot before say how large an item becomes. */
  private Estimate output(Optional<Manifest> before, Estimate items) {
    if (job.target() == null) {
      return Estimate.ZERO;
    }
    return before
        .map(last -> OutputSize.of(items, last.items(), last.bytes()))
        .orElse(Estimate.UNKNOWN);
  }

  /** Returns the snapshot before, if it has items in the same format. */
  private Optional<Manifest> before() {
    if (job.target() == null) {
      return Optional.empty();
    }
    try {
      List<Snapshots.Snapshot> before =
          Snapshots.under(job.plan().output()).of(TableNames.plain(job.table().name()));
      if (before.isEmpty()) {
        return Optional.empty();
      }
      Manifest last = before.get(before.size() - 1).manifest();
      return Optional.of(last)
          .filter(found -> found.items() > 0 && found.format() == job.plan().format());
    } catch (IOException e) {
      throw new JobException("--output: " + UserMessages.oneLine(e), e);
    }
  }
}
