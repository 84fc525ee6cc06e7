/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.planning.JobState;
import io.sluice.pipelines.planning.OutputRequests;
import io.sluice.pipelines.planning.OutputSize;
import io.sluice.pipelines.planning.PlanSettings;
import io.sluice.pipelines.planning.PlannedJob;
import io.sluice.pipelines.table.PriceSettings;
import io.sluice.plan.Charges;
import io.sluice.plan.Estimate;
import io.sluice.plan.JobPlan;
import io.sluice.plan.JobPlan.Figure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;

/** Plans a merge, by what the base and the files of changes say of themselves. */
final class MergeEstimate {
  private final MergeJob job;
  private final Map<Figure, Estimate> figures = new EnumMap<>(Figure.class);

  private MergeEstimate(MergeJob job) {
    this.job = job;
  }

  /** Plans the merge. */
  static PlannedJob of(MergeOptions options, PlanSettings settings) {
    MergeJob job = begin(options);
    Charges charges = Charges.at(PriceSettings.ofWrites(options).prices());
    return new PlannedJob(new MergeEstimate(job).plan(charges, settings), state(job));
  }

  /** Returns what the plan depends on. */
  static JobState stateOf(MergeOptions options) {
    return state(begin(options));
  }

  private static MergeJob begin(MergeOptions options) {
    MergePlan plan = MergePlan.of(options);
    Aws.configure(options, plan.catalog().endpoint());
    FileSystems.setDefaultPipelineOptions(options);
    return MergeJob.of(options, plan, Instant.now());
  }

  private static JobState state(MergeJob job) {
    return JobState.empty()
        .and("the base", job.base().place() + ", " + job.base().bytes() + " bytes")
        .and(
            "the changes",
            "%d in %d bytes, as of %s"
                .formatted(job.range().changes(), job.range().bytes(), job.asOf()));
  }

  private JobPlan plan(Charges charges, PlanSettings settings) {
    Estimate base = known(job.base().items());
    Estimate changes = known(job.range().changes());
    figures.put(Figure.INPUT_BYTES, Estimate.exactly(job.base().bytes() + job.range().bytes()));
    figures.put(Figure.CHANGES, changes);
    figures.put(Figure.ITEMS, result(base, changes));
    figures.put(Figure.READ_UNITS, Estimate.ZERO);
    figures.put(Figure.OUTPUT_BYTES, output(base));
    figures.put(Figure.SECONDS, Estimate.UNKNOWN);
    charges.storage(figures.get(Figure.OUTPUT_BYTES));
    OutputRequests.add(charges, job.target().snapshot(), Estimate.UNKNOWN);
    if (settings.runnerHour() != null) {
      charges.runner(Estimate.UNKNOWN, settings.runnerHour());
    }
    List<String> notes = new ArrayList<>(job.warnings());
    notes.add(
        "The base has "
            + base.text("%,.0f"::formatted)
            + " items. A merge reads nothing from the table; how long it takes is a matter of the"
            + " machines, and unknown.");
    return new JobPlan("merge", job.title(), figures, Map.of(), charges.bill(), notes);
  }

  private static Estimate known(long count) {
    return count < 0 ? Estimate.UNKNOWN : Estimate.exactly(count);
  }

  /** Each change adds an item, or deletes one, or replaces one. */
  private static Estimate result(Estimate base, Estimate changes) {
    return base.isKnown() && changes.isKnown()
        ? Estimate.between(Math.max(0, base.low() - changes.low()), base.low() + changes.low())
        : Estimate.UNKNOWN;
  }

  private Estimate output(Estimate base) {
    Estimate items = figures.get(Figure.ITEMS);
    if (!items.isKnown() || base.isZero() || !(job.base() instanceof SnapshotBase)) {
      return Estimate.UNKNOWN;
    }
    return OutputSize.of(items, job.base().items(), job.base().bytes());
  }
}
