/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import io.sluice.pipelines.cli.FlinkContext;
import io.sluice.pipelines.cli.OptionErrors;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Counts the worker slots of a runner among which a rate must be divided. */
public final class WorkerSlots {
  private WorkerSlots() {}

  /**
   * Returns the number of slots; 0 when all work is in this JVM.
   *
   * @param given the number that the user gives; null for none
   */
  public static int of(PipelineOptions options, @Nullable Integer given, OptionErrors problems) {
    if (given != null) {
      problems.atLeast("workers", given, 1);
      return Math.max(1, given);
    }
    String runner = options.getRunner().getSimpleName();
    if (EmbeddedEngine.isEmbedded(options)) {
      return 0;
    }
    if (runner.startsWith("Flink")) {
      return known(flinkSlots(options), "or flink run -p, or --parallelism", problems);
    }
    if (runner.startsWith("Spark")) {
      return known(sparkSlots(), "or spark.executor.instances and spark.executor.cores", problems);
    }
    return 0;
  }

  /** Returns the parallelism, in the order in which Beam looks for it; 0 or less for none. */
  private static @Nullable Object flinkSlots(PipelineOptions options) {
    Object given = RunnerOptions.get(options, "getParallelism");
    boolean isGiven = given instanceof Integer n && n > 0;
    return isGiven || !EmbeddedEngine.isLeftToFlink(options)
        ? given
        : FlinkContext.find().map(FlinkContext::parallelism).orElse(0);
  }

  private static int known(@Nullable Object slots, String other, OptionErrors problems) {
    if (slots instanceof Integer n && n > 0) {
      return n;
    }
    problems.add(
        "--workers is missing: on a cluster the rate is divided over the worker slots, so give how"
            + " many there are, such as --workers=8 ("
            + other
            + ")");
    return 1;
  }

  /**
   * Reads the slots from spark-submit's settings; null when executors are allocated dynamically, or
   * there are none.
   */
  private static @Nullable Integer sparkSlots() {
    if (Boolean.getBoolean("spark.dynamicAllocation.enabled")) {
      return null;
    }
    Integer executors = Integer.getInteger("spark.executor.instances");
    Integer cores = Integer.getInteger("spark.executor.cores");
    return executors == null || cores == null
        ? Integer.getInteger("spark.cores.max")
        : Integer.valueOf(executors * cores);
  }
}
