/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts JVMs with the flags of the launcher of this version. */
public final class Launcher {
  /** As much of the machine's memory as the JVM takes by itself. */
  public static final String DEFAULT_HEAP = "default";

  private Launcher() {}

  /** Returns the path of the JVM's program. */
  public static String program() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * Returns the beginning of a command.
   *
   * @param heap as in {@code -Xmx}, or {@link #DEFAULT_HEAP}
   */
  public static List<String> java(String heap) {
    List<String> command = new ArrayList<>();
    command.add(program());
    command.addAll(
        List.of(
            "-XX:+UseParallelGC",
            "-XX:GCTimeRatio=19",
            "-XX:Tier4InvocationThreshold=50000",
            "-XX:Tier4MinInvocationThreshold=6000",
            "-XX:Tier4CompileThreshold=150000",
            "-XX:Tier4BackEdgeThreshold=400000"));
    if (heap.equals(DEFAULT_HEAP)) {
      command.addAll(List.of("-Xms64m", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=40"));
    } else {
      command.add("-Xmx" + heap);
    }
    return command;
  }
}
