/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import java.lang.reflect.Method;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How many worker slots of a runner there are that a rate must be divided over. The runners'
 * options are found by their names: only the jar of a runner has them.
 */
final class WorkerSlots {
  private static final List<String> FLINK_EMBEDDED = List.of("[local]", "[collection]");

  private WorkerSlots() {}

  /**
   * The slots; 0 when all work is in this JVM.
   *
   * @param given what the user says; null for nothing
   */
  static int of(PipelineOptions options, @Nullable Integer given, Problems problems) {
    if (given != null) {
      problems.atLeast("workers", given, 1);
      return Math.max(1, given);
    }
    String runner = options.getRunner().getSimpleName();
    if (runner.startsWith("Flink")) {
      String master = String.valueOf(option(options, "getFlinkMaster"));
      return FLINK_EMBEDDED.contains(master)
          ? 0
          : known(option(options, "getParallelism"), "or --parallelism", problems);
    }
    if (runner.startsWith("Spark")) {
      // As Beam does: spark-submit's master comes before the option.
      String master =
          System.getProperty("spark.master", String.valueOf(option(options, "getSparkMaster")));
      boolean embedded = master.startsWith("local") && !master.startsWith("local-cluster");
      return embedded
          ? 0
          : known(sparkSlots(), "or spark.executor.instances and spark.executor.cores", problems);
    }
    return 0;
  }

  private static int known(@Nullable Object slots, String other, Problems problems) {
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

  /** From what spark-submit sets; null when executors come and go, or nothing is said. */
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

  private static @Nullable Object option(PipelineOptions options, String getter) {
    for (Class<? extends PipelineOptions> type : PipelineOptionsFactory.getRegisteredOptions()) {
      for (Method method : type.getMethods()) {
        if (method.getName().equals(getter) && method.getParameterCount() == 0) {
          return valueOf(options.as(type), method);
        }
      }
    }
    return null;
  }

  private static Object valueOf(PipelineOptions options, Method method) {
    try {
      return method.invoke(options);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("an option of the runner cannot be read", e);
    }
  }
}
