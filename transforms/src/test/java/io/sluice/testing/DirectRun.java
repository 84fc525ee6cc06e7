/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing;

import java.io.IOException;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;

/** A run of a pipeline on the DirectRunner that may fail. */
public final class DirectRun {
  private DirectRun() {}

  /**
   * Runs the pipeline, and waits for its end. When it fails the runner's threads end, too: by
   * themselves they go on looking for work, with up to a processor for each pipeline.
   */
  public static void of(Pipeline pipeline) {
    pipeline.getOptions().as(DirectOptions.class).setBlockOnRun(false);
    PipelineResult result = pipeline.run();
    try {
      result.waitUntilFinish();
    } catch (RuntimeException | Error e) {
      try {
        result.cancel();
      } catch (IOException | RuntimeException other) {
        e.addSuppressed(other);
      }
      throw e;
    }
  }
}
