/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.capture;

import io.sluice.change.feed.FeedCommit;
import io.sluice.change.stream.StreamState;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.planning.JobState;
import io.sluice.pipelines.planning.OutputRequests;
import io.sluice.pipelines.planning.PlanSettings;
import io.sluice.pipelines.planning.PlannedJob;
import io.sluice.pipelines.table.PriceSettings;
import io.sluice.plan.Charges;
import io.sluice.plan.Estimate;
import io.sluice.plan.JobPlan;
import io.sluice.plan.JobPlan.Figure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Plans a capture, by what the stream and the latest commit say. How much waits nobody knows. */
final class CaptureEstimate {
  private CaptureEstimate() {}

  /** Plans one run of the capture. Enables no stream. */
  static PlannedJob of(CaptureOptions options, PlanSettings settings, Console console) {
    CapturePlan plan = begin(options);
    FeedCommit last = CaptureJob.latest(plan, false);
    StreamState stream = CaptureJob.stream(options, plan, false, console);
    List<String> notes = notes(plan, last, stream);
    Map<Figure, Estimate> figures = new EnumMap<>(Figure.class);
    figures.put(Figure.CHANGES, Estimate.UNKNOWN);
    figures.put(Figure.READ_UNITS, Estimate.ZERO);
    figures.put(Figure.OUTPUT_BYTES, Estimate.UNKNOWN);
    figures.put(Figure.SECONDS, Estimate.UNKNOWN);
    Charges charges = Charges.at(PriceSettings.ofWrites(options).prices());
    OutputRequests.add(charges, plan.feed().path(), Estimate.exactly(1));
    if (settings.runnerHour() != null) {
      charges.runner(Estimate.UNKNOWN, settings.runnerHour());
    }
    String title = plan.table() + " -> " + plan.feed().path();
    return new PlannedJob(
        new JobPlan("capture", title, figures, Map.of(), charges.bill(), notes),
        state(plan, last, stream));
  }

  /** Returns what the plan depends on. */
  static JobState stateOf(CaptureOptions options, Console console) {
    CapturePlan plan = begin(options);
    return state(
        plan, CaptureJob.latest(plan, false), CaptureJob.stream(options, plan, false, console));
  }

  private static CapturePlan begin(CaptureOptions options) {
    CapturePlan plan = CapturePlan.of(options);
    if (plan.every() != null) {
      throw new UsageException("a plan is of one run of the capture: leave out --every");
    }
    Aws.configure(options, plan.catalog().endpoint());
    FileSystems.setDefaultPipelineOptions(options);
    return plan;
  }

  private static JobState state(CapturePlan plan, @Nullable FeedCommit last, StreamState stream) {
    return JobState.empty()
        .and("the stream of " + plan.table(), stream.arn())
        .and("the latest commit", last == null ? "none" : Long.toString(last.number()));
  }

  private static List<String> notes(
      CapturePlan plan, @Nullable FeedCommit last, StreamState stream) {
    List<String> notes = new ArrayList<>();
    notes.add(
        last == null
            ? "The feed begins with what the stream still has, of 24 hours at most."
            : "The latest commit, %d, has %,d changes and is complete through %s."
                .formatted(last.number(), last.records(), last.completeThrough()));
    CaptureJob.gap(plan, last, stream)
        .ifPresent(
            gap ->
                notes.add(
                    "Changes are lost: " + gap + ". With --onGap=RESNAPSHOT the run begins anew."));
    notes.add(
        "The stream has %,d shards to read. How many changes wait in them, DynamoDB does not say; it"
                .formatted(stream.shards().size())
            + " charges for the requests that read them, which no price here has.");
    return notes;
  }
}
