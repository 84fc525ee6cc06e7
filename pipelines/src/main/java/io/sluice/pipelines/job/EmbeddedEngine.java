/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import io.sluice.pipelines.cli.FlinkContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Prepares an engine that runs inside this JVM, and distinguishes it from a cluster. */
public final class EmbeddedEngine {
  private static final String FLINK_HERE = "[local]";
  private static final String LEFT_TO_FLINK = "[auto]";
  private static final List<String> FLINK_MASTERS = List.of(FLINK_HERE, "[collection]");

  /**
   * Spark's web page shows the command line to anyone, so it is off; the ports for Spark's own
   * communication listen on this machine only. An Error in a task is a result of the job, where
   * Spark would end the JVM with a code of its own.
   */
  private static final Map<String, String> SPARK =
      Map.of(
          "spark.ui.enabled", "false",
          "spark.driver.bindAddress", "127.0.0.1",
          "spark.driver.host", "127.0.0.1",
          "spark.executor.killOnFatalError.depth", "0");

  /** By default, Flink listens on all addresses. */
  private static final String FLINK =
      """
      jobmanager.rpc.address: localhost
      jobmanager.bind-host: localhost
      rest.address: localhost
      rest.bind-address: localhost
      taskmanager.host: localhost
      taskmanager.bind-host: localhost
      """;

  /** The number of the DirectRunner's threads in its jar's defaults: it is left to the pipeline. */
  private static final Integer OPEN = 0;

  private EmbeddedEngine() {}

  public static boolean isDirect(PipelineOptions options) {
    return runner(options).startsWith("Direct");
  }

  /**
   * Has the DirectRunner work with so many threads, unless the user has given a number. Each that
   * has nothing to do takes a processor, so a pipeline whose steps have threads of their own needs
   * only one.
   */
  public static void preferThreads(int count, PipelineOptions options) {
    if (isDirect(options) && OPEN.equals(threads(options))) {
      RunnerOptions.set(options, "setTargetParallelism", count);
    }
  }

  private static @Nullable Object threads(PipelineOptions options) {
    return RunnerOptions.get(options, "getTargetParallelism");
  }

  /**
   * Returns how many threads a reader of files needs so that all processors have work: as many as
   * there are where the DirectRunner has one thread; one everywhere else, where there are as many
   * readers as the runner has threads.
   */
  public static int threadsOfReader(PipelineOptions options) {
    return isDirect(options) && Objects.equals(1, threads(options)) ? processors() : 1;
  }

  /** Returns the number of processors of this machine. */
  public static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** Whether Flink or Spark, inside this JVM, does all of the work. */
  static boolean isEmbedded(PipelineOptions options) {
    if (isFlink(options)) {
      return FLINK_MASTERS.contains(flinkMaster(options))
          || (isLeftToFlink(options) && FlinkContext.find().isEmpty());
    }
    if (runner(options).startsWith("Spark")) {
      // As in Beam, spark-submit's master takes precedence over the option.
      String master =
          System.getProperty(
              "spark.master", String.valueOf(RunnerOptions.get(options, "getSparkMaster")));
      return master.startsWith("local") && !master.startsWith("local-cluster");
    }
    return false;
  }

  static boolean isFlink(PipelineOptions options) {
    return runner(options).startsWith("Flink");
  }

  /** Whether Flink's client knows the cluster, if it has started this program. */
  static boolean isLeftToFlink(PipelineOptions options) {
    return flinkMaster(options).equals(LEFT_TO_FLINK);
  }

  /** Has Beam run a job wherever Flink's environment says. */
  static void leaveToFlink(PipelineOptions options) {
    RunnerOptions.set(options, "setFlinkMaster", LEFT_TO_FLINK);
  }

  static String flinkMaster(PipelineOptions options) {
    return String.valueOf(RunnerOptions.get(options, "getFlinkMaster"));
  }

  /** Whether all of the work is done in this JVM. */
  public static boolean isHere(PipelineOptions options) {
    return isDirect(options) || isEmbedded(options);
  }

  /** Sets what an engine in this JVM needs; settings of the user are kept. */
  static void prepare(PipelineOptions options) {
    if (isDirect(options)) {
      // Otherwise the engine waits for its own end, and that wait drops an Error: see JobRunner.
      RunnerOptions.set(options, "setBlockOnRun", false);
      preferThreads(processors(), options);
    } else if (isEmbedded(options)) {
      if (runner(options).startsWith("Spark")) {
        SPARK.forEach(
            (name, value) -> {
              if (System.getProperty(name) == null) {
                System.setProperty(name, value);
              }
            });
      } else {
        if (isLeftToFlink(options)) {
          RunnerOptions.set(options, "setFlinkMaster", FLINK_HERE);
        }
        preferFlinkConfiguration(FLINK, options);
      }
    }
  }

  /** Gives Flink's client this configuration, unless the user has named a folder with one. */
  private static void preferFlinkConfiguration(String yaml, PipelineOptions options) {
    if (RunnerOptions.get(options, "getFlinkConfDir") == null
        && System.getenv("FLINK_CONF_DIR") == null) {
      RunnerOptions.set(options, "setFlinkConfDir", flinkConfiguration(yaml).toString());
    }
  }

  private static Path flinkConfiguration(String yaml) {
    try {
      Path folder = Files.createTempDirectory("sluice-flink");
      folder.toFile().deleteOnExit();
      Path file = Files.writeString(folder.resolve("flink-conf.yaml"), yaml);
      file.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("Flink's configuration cannot be written", e);
    }
  }

  /** Returns the name of the runner. */
  public static String runner(PipelineOptions options) {
    return options.getRunner().getSimpleName();
  }
}
