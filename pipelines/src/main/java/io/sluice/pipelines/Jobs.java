/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import io.sluice.report.JobReport;
import io.sluice.report.Report;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.metrics.StringSetResult;

/** Runs a pipeline that ends in a {@link Report}. */
final class Jobs {
  private Jobs() {}

  /**
   * Runs the pipeline, waits for its end, and gives its report.
   *
   * @throws JobException when it failed
   */
  static JobReport run(Pipeline pipeline) {
    PipelineResult result;
    PipelineResult.State state;
    try {
      result = pipeline.run();
      state = result.waitUntilFinish();
    } catch (RuntimeException e) {
      throw new JobException("the job failed: " + Causes.oneLine(e), e);
    }
    if (state != null && state != PipelineResult.State.DONE) {
      throw new JobException("the job ended as " + state);
    }
    JobReport report = JobReport.fromJson(reportOf(result));
    if (!report.tally().addsUp()) {
      throw new JobException(
          "the counts do not add up, which is a defect of Sluice: " + report.tally().counts());
    }
    return report;
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
