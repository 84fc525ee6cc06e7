/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import io.sluice.pipelines.cli.FlinkContext;
import org.apache.beam.sdk.options.FileStagingOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.construction.resources.PipelineResources;

/** Prepares a job for an engine in other JVMs. */
public final class ClusterEngine {
  /**
   * Two for each TaskManager that is lost, and one more: Flink first restarts only the tasks that
   * failed, and then those whose results were lost as well.
   */
  private static final int RESTARTS = 5;

  /**
   * Longer than Flink takes to notice that a TaskManager is gone (20 s), since until then it would
   * place tasks there; and all restarts together take longer than one that is cut off goes
   * unnoticed (50 s).
   */
  private static final int SECONDS_TO_RESTART = 20;

  /** Enough that slots which are slow leave tasks to the others. */
  private static final int TASKS_OF_SLOT = 3;

  private static final String PARTITIONS = "spark.default.parallelism";

  private ClusterEngine() {}

  /** Whether this program is to end before its job does, as with {@code flink run -d}. */
  public static boolean isDetached(PipelineOptions options) {
    if (!EmbeddedEngine.isFlink(options) || EmbeddedEngine.isEmbedded(options)) {
      return false;
    }
    return Boolean.FALSE.equals(RunnerOptions.get(options, "getAttachedMode"))
        || (EmbeddedEngine.isLeftToFlink(options)
            && FlinkContext.find().filter(context -> !context.isAttached()).isPresent());
  }

  /** Sets what a job on Flink needs to go on when a TaskManager is lost, and to be detached. */
  static void prepare(PipelineOptions options) {
    if (!EmbeddedEngine.isFlink(options) || EmbeddedEngine.isEmbedded(options)) {
      return;
    }
    if (isDetached(options)) {
      RunnerOptions.set(options, "setAttachedMode", false);
    }
    if (!EmbeddedEngine.isLeftToFlink(options)
        && FlinkContext.find().filter(context -> !context.isConnected()).isEmpty()) {
      connect(options);
    }
    if (EmbeddedEngine.isLeftToFlink(options)) {
      FlinkContext.find()
          .ifPresent(context -> context.restart(RESTARTS, SECONDS_TO_RESTART * 1000L));
    }
  }

  /** Makes the environment of the cluster that the options name. */
  private static void connect(PipelineOptions options) {
    FileStagingOptions staging = options.as(FileStagingOptions.class);
    if (staging.getFilesToStage() == null) {
      staging.setFilesToStage(
          PipelineResources.detectClassPathResourcesToStage(
              options.getRunner().getClassLoader(), options));
    }
    PipelineResources.prepareFilesForStaging(staging);
    FlinkContext.connect(
        EmbeddedEngine.flinkMaster(options),
        (String) RunnerOptions.get(options, "getFlinkConfDir"),
        staging.getFilesToStage());
    EmbeddedEngine.leaveToFlink(options);
  }

  /**
   * Has Spark divide the work among so many slots, unless its settings say into how many
   * partitions: it would count the executors that have registered by the time of the submission.
   *
   * @param slots 0 when all work is in this JVM
   */
  public static void divideAmong(int slots, PipelineOptions options) {
    if (slots > 0
        && EmbeddedEngine.runner(options).startsWith("Spark")
        && System.getProperty(PARTITIONS) == null) {
      System.setProperty(PARTITIONS, Integer.toString(TASKS_OF_SLOT * slots));
    }
  }
}
