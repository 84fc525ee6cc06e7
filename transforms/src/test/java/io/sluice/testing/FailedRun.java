/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;

/** A run of a pipeline on the DirectRunner that has to fail. */
public final class FailedRun {
  private FailedRun() {}

  /**
   * Runs the pipeline, and returns why it failed. The runner's threads end: by themselves those of
   * a failed pipeline go on looking for work, each pipeline with a processor of its own.
   */
  public static <E extends Throwable> E of(Class<E> type, Pipeline pipeline) {
    pipeline.getOptions().as(DirectOptions.class).setBlockOnRun(false);
    AtomicReference<PipelineResult> result = new AtomicReference<>();
    E failure =
        assertThrows(
            type,
            () -> {
              result.set(pipeline.run());
              result.get().waitUntilFinish();
            });
    try {
      if (result.get() != null) {
        result.get().cancel();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return failure;
  }
}
