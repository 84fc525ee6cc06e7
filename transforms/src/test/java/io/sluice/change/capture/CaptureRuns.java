/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.capture;

import io.sluice.change.stream.ShardReader;
import io.sluice.testing.DirectRun;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;

/** Runs captures, and keeps their results. */
public final class CaptureRuns {
  private static final ShardReader.Patience IMPATIENT =
      new ShardReader.Patience(20, Duration.ZERO, Duration.ZERO);

  private static final Map<String, CaptureResult> RESULTS = new ConcurrentHashMap<>();

  private CaptureRuns() {}

  /** Runs one to its end, which does not wait for more. */
  public static CaptureResult run(
      CaptureTask task, ClientConfiguration client, PipelineOptions options) {
    TestPipeline pipeline = TestPipeline.fromOptions(options).enableAbandonedNodeEnforcement(false);
    pipeline
        .apply(CaptureStream.of(task).withClient(client).withPatience(IMPATIENT))
        .apply(ParDo.of(new KeepFn(task.run())));
    DirectRun.of(pipeline);
    return RESULTS.remove(task.run());
  }

  private static final class KeepFn extends DoFn<CaptureResult, Void> {
    private static final long serialVersionUID = 1L;
    private final String run;

    KeepFn(String run) {
      this.run = run;
    }

    @ProcessElement
    public void processElement(@Element CaptureResult result) {
      RESULTS.put(run, result);
    }
  }
}
