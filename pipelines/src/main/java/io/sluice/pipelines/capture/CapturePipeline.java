/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.capture;

import io.sluice.change.capture.CaptureResult;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.DataSize;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.job.ClusterEngine;
import io.sluice.pipelines.job.Detached;
import io.sluice.pipelines.job.JobRunner;
import io.sluice.pipelines.job.OutputProbe;
import io.sluice.report.Count;
import io.sluice.report.JobReport;
import io.sluice.report.Report;
import io.sluice.report.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Captures the changes of a table: read its stream, write files, commit, report. */
final class CapturePipeline {
  private CapturePipeline() {}

  /** Captures once, or again and again; returns the exit code. */
  static int run(CaptureOptions options, Console console) {
    CapturePlan plan = CapturePlan.of(options);
    Aws.configure(options, plan.catalog().endpoint());
    FileSystems.setDefaultPipelineOptions(options);
    OutputProbe.checkReport(plan.report(), console);
    while (true) {
      Instant start = Instant.now();
      int code = capture(CaptureJob.of(options, plan, start, console), console);
      if (plan.every() == null || code != ExitCode.OK) {
        return code;
      }
      if (!sleepUntil(start.plus(plan.every()))) {
        return code;
      }
    }
  }

  /** Whether it is that time now, and not the end of the program. */
  private static boolean sleepUntil(Instant time) {
    try {
      TimeUnit.MILLISECONDS.sleep(Math.max(0, Duration.between(Instant.now(), time).toMillis()));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int capture(CaptureJob job, Console console) {
    Pipeline pipeline = Pipeline.create(job.options());
    build(pipeline, job);
    if (ClusterEngine.isDetached(job.options())) {
      return new Detached(job.title(), job.plan().report(), null).submit(pipeline, console);
    }
    return print(JobRunner.run(pipeline), job, console);
  }

  private static void build(Pipeline pipeline, CaptureJob job) {
    PCollection<CaptureResult> captured =
        pipeline.apply("Capture", job.capture()).apply("Catalogs", job.register());
    captured
        .apply(
            "Count", MapElements.into(TypeDescriptor.of(Tally.class)).via(result -> tally(result)))
        .apply(
            "Report",
            Report.of(job.properties())
                .to(job.plan().report())
                .withPlan(job.plan().planned())
                .withSection(CaptureSection.NAME, CaptureSection.view(captured)));
  }

  /** Returns the changes of this run; if another made the commit, it has none. */
  private static Tally tally(CaptureResult result) {
    long records = result.isOurs() ? result.commit().records() : 0;
    return new Tally(Map.of(Count.READ, records, Count.WRITTEN, records), Map.of(), List.of());
  }

  private static int print(JobReport report, CaptureJob job, Console console) {
    CaptureSection section = CaptureSection.of(report);
    console.out().println(job.title());
    if (!section.isOurs()) {
      console.tell(
          String.format(
              "another run made commit %d at the same time: nothing of this one is kept, and the"
                  + " next goes on from there",
              section.commit()));
      return ExitCode.OK;
    }
    line(console, "commit", section.commit(), "");
    line(
        console,
        "changes",
        section.records(),
        "in %d %s, %s"
            .formatted(
                section.files(),
                section.files() == 1 ? "file" : "files",
                DataSize.text(section.bytes())));
    if (section.expired() > 0) {
      line(console, "expired", section.expired(), "deleted by time to live");
    }
    if (section.late() > 0) {
      line(console, "late", section.late(), "older than what was called complete");
    }
    console.out().println("  complete from " + section.completeFrom());
    console.out().println("       through " + section.completeThrough());
    if (section.gap() != null) {
      console.tell(
          "changes before %s are lost, since %s: take a snapshot of the table from now on"
              .formatted(section.completeFrom(), section.gap()));
    }
    return ExitCode.OK;
  }

  private static void line(Console console, String what, long n, String more) {
    console
        .out()
        .println(String.format(Locale.ROOT, "  %-12s%,12d  %s", what, n, more).stripTrailing());
  }
}
