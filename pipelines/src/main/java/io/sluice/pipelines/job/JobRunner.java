/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.report.JobReport;
import io.sluice.report.Report;
import io.sluice.report.Tally;
import java.io.IOException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.metrics.StringSetResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Runs a pipeline that ends in a {@link Report}. */
public final class JobRunner {
  private JobRunner() {}

  /**
   * Runs the pipeline, waits for its end, and returns its report.
   *
   * @throws JobException when it failed
   */
  public static JobReport run(Pipeline pipeline) {
    PipelineOptions options = pipeline.getOptions();
    EmbeddedEngine.prepare(options);
    PipelineResult result;
    if (EmbeddedEngine.isHere(options)) {
      try (HeapWatch watch = HeapWatch.begin()) {
        result = EmbeddedEngine.isDirect(options) ? runDirect(pipeline) : runAndWait(pipeline);
      }
    } else {
      result = runAndWait(pipeline);
    }
    JobReport report = JobReport.fromJson(reportOf(result));
    checkCounts(report.tally());
    return report;
  }

  /**
   * Checks that everything that was read is accounted for.
   *
   * @throws JobException when the counts do not add up
   */
  public static void checkCounts(Tally whole) {
    if (!whole.addsUp()) {
      throw new JobException(
          "the counts do not add up, which is a defect of Sluice: " + whole.counts());
    }
  }

  private static PipelineResult runDirect(Pipeline pipeline) {
    try (DirectErrors errors = DirectErrors.listen()) {
      try {
        return runAndWait(pipeline);
      } catch (JobException e) {
        // The Error that ended the worker says more than the driver's exception.
        throw errors.first() == null ? e : failed(errors.first());
      }
    }
  }

  private static PipelineResult runAndWait(Pipeline pipeline) {
    PipelineResult.State state;
    PipelineResult result = null;
    try {
      ClusterEngine.prepare(pipeline.getOptions());
      result = pipeline.run();
      state = result.waitUntilFinish();
    } catch (RuntimeException | Error e) {
      JobReport told = toldBy(result);
      end(result, pipeline.getOptions());
      throw new JobException("the job failed: " + UserMessages.oneLine(e), e, told);
    }
    // A job that is reported as RUNNING after its end was ended by a worker's Error.
    if (state != null && state != PipelineResult.State.DONE) {
      end(result, pipeline.getOptions());
      throw new JobException("the job ended as " + state);
    }
    return result;
  }

  /** Ends the DirectRunner's threads, which go on looking for work when a job has failed. */
  private static void end(@Nullable PipelineResult result, PipelineOptions options) {
    if (result == null || !EmbeddedEngine.isDirect(options)) {
      return;
    }
    try {
      result.cancel();
    } catch (IOException | RuntimeException e) {
      // The job has failed, and why is known.
    }
  }

  private static JobException failed(Throwable why) {
    return new JobException("the job failed: " + UserMessages.oneLine(why), why);
  }

  /**
   * Returns the report of a job that failed afterwards, such as in writing the report; null when
   * there is none.
   */
  private static @Nullable JobReport toldBy(@Nullable PipelineResult result) {
    try {
      return result == null ? null : JobReport.fromJson(reportOf(result));
    } catch (RuntimeException e) {
      // The job failed before its report, so nothing is known.
      return null;
    }
  }

  private static String reportOf(PipelineResult result) {
    MetricsFilter filter =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.named(Report.NAMESPACE, Report.METRIC))
            .build();
    for (MetricResult<StringSetResult> metric :
        result.metrics().queryMetrics(filter).getStringSets()) {
      // Direct commits metrics; Flink and Spark know only attempts. The text is the same.
      for (String json : metric.getAttempted().getStringSet()) {
        return json;
      }
    }
    throw new JobException("the job ended, but its report did not come back");
  }
}
