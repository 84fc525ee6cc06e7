/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.lookup;

import io.sluice.capacity.ReadLoad;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.input.InputListing;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.planning.JobState;
import io.sluice.pipelines.planning.PlanSettings;
import io.sluice.pipelines.planning.PlannedJob;
import io.sluice.pipelines.planning.TableFigures;
import io.sluice.pipelines.table.PriceSettings;
import io.sluice.plan.Charges;
import io.sluice.plan.Estimate;
import io.sluice.plan.JobPlan;
import io.sluice.plan.JobPlan.Figure;
import io.sluice.storage.Storage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;

/**
 * Plans a lookup, by the sizes of the events and of the table. The events are not read: how many
 * different keys they name, and so what reading by keys takes, is unknown.
 */
final class LookupEstimate {
  private LookupEstimate() {}

  /** Plans one run of the lookup. */
  static PlannedJob of(LookupOptions options, PlanSettings settings, Console console) {
    LookupPlan plan = begin(options);
    TableInfo table = LookupPipeline.table(options, plan);
    InputListing events = InputListing.ofEvents(plan.source(), console);
    LookupChoice choice = LookupChoice.of(plan, table, events);
    List<String> notes = new ArrayList<>();
    notes.add("The table is read by " + choice.text() + ".");
    Estimate reads = Estimate.UNKNOWN;
    if (choice.scans()) {
      TableFigures there =
          TableFigures.of(options, table, null, table.items(), table.bytes(), settings);
      notes.addAll(there.notes());
      reads = units(there.bytes(), table, plan);
    }
    Map<Figure, Estimate> figures = new EnumMap<>(Figure.class);
    figures.put(Figure.INPUT_BYTES, Estimate.exactly(events.bytes()));
    figures.put(Figure.RECORDS, Estimate.UNKNOWN);
    figures.put(Figure.READ_UNITS, reads);
    double allowed = plan.budget().budget().allowed(table.capacity().table().readUnits());
    Estimate seconds = reads.isKnown() ? Estimate.atLeast(reads.low() / allowed) : Estimate.UNKNOWN;
    figures.put(Figure.OUTPUT_BYTES, Estimate.UNKNOWN);
    figures.put(Figure.SECONDS, seconds);
    Charges charges =
        Charges.at(PriceSettings.ofWrites(options).prices())
            .units(table.capacity(), reads, Estimate.ZERO);
    if (plan.source().input().stream().anyMatch(Storage::isS3)
        || (plan.output() != null && Storage.isS3(plan.output()))) {
      charges.requests(Estimate.UNKNOWN, Estimate.UNKNOWN);
    }
    if (settings.runnerHour() != null) {
      charges.runner(seconds, settings.runnerHour());
    }
    String title = String.join(",", plan.source().input()) + " in " + table.name();
    return new PlannedJob(
        new JobPlan("lookup", title, figures, Map.of(), charges.bill(), notes),
        state(table, events));
  }

  /** Returns what the plan depends on. */
  static JobState stateOf(LookupOptions options, Console console) {
    LookupPlan plan = begin(options);
    return state(
        LookupPipeline.table(options, plan), InputListing.ofEvents(plan.source(), console));
  }

  private static LookupPlan begin(LookupOptions options) {
    LookupPlan plan = LookupPlan.of(options);
    if (plan.every() != null) {
      throw new UsageException("a plan is of one run of the lookup: leave out --every");
    }
    Aws.configure(options);
    FileSystems.setDefaultPipelineOptions(options);
    return plan;
  }

  private static JobState state(TableInfo table, InputListing events) {
    return JobState.empty().ofTable(table).ofFiles(events.files());
  }

  private static Estimate units(Estimate bytes, TableInfo table, LookupPlan plan) {
    if (!bytes.isKnown()) {
      return Estimate.UNKNOWN;
    }
    double low = units(bytes.low(), table, plan);
    return Double.isInfinite(bytes.high())
        ? Estimate.atLeast(low)
        : Estimate.between(low, units(bytes.high(), table, plan));
  }

  private static double units(double bytes, TableInfo table, LookupPlan plan) {
    int segments = LookupChoice.segments(table);
    return new ReadLoad(1, (long) bytes, segments, plan.consistentRead()).units();
  }
}
