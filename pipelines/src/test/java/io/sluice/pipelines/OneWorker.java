/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Options of a job that the DirectRunner does by one thread. By default it has three at least, of
 * which one looks all the time whether another has something to do.
 */
public final class OneWorker {
  private OneWorker() {}

  /** The options that these arguments give. */
  public static <T extends PipelineOptions> T options(Class<T> type, String... arguments) {
    T options = PipelineOptionsFactory.fromArgs(arguments).as(type);
    options.as(DirectOptions.class).setTargetParallelism(1);
    return options;
  }
}
