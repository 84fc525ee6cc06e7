/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The size of a cluster.
 *
 * @param workers TaskManagers of Flink, or workers of Spark, 1 or more
 * @param slots tasks that run at the same time in each of them, 1 or more
 * @param port of Flink's REST, or of Spark's master; 0 for a free one
 * @param memoryMb the heap for tasks in each worker, 128 or more; Spark wants 512 or more
 * @param metaspaceMb the classes that a JVM of Flink may have
 * @param jvmOptions more options of every JVM in which tasks run
 * @param properties more settings of the engine; they win over those that a cluster here has
 */
public record ClusterSettings(
    int workers,
    int slots,
    int port,
    int memoryMb,
    int metaspaceMb,
    List<String> jvmOptions,
    Map<String, String> properties) {

  /** As Flink is shipped. */
  public static final int METASPACE_MB = 256;

  private static final int LEAST_MEMORY_MB = 128;

  public ClusterSettings {
    if (workers < 1 || slots < 1 || port < 0 || port > 0xFFFF || memoryMb < LEAST_MEMORY_MB) {
      throw new IllegalArgumentException(
          "workers %d, slots %d, port %d, memory %d MB".formatted(workers, slots, port, memoryMb));
    }
    jvmOptions = List.copyOf(jvmOptions);
    properties = Map.copyOf(properties);
  }

  /** Returns settings for a cluster on free ports. */
  public static ClusterSettings of(int workers, int slots) {
    return new ClusterSettings(workers, slots, 0, 1024, METASPACE_MB, List.of(), Map.of());
  }

  /** Returns these settings with so much heap for the tasks of a worker. */
  public ClusterSettings withMemoryMb(int megabytes) {
    return new ClusterSettings(
        workers, slots, port, megabytes, metaspaceMb, jvmOptions, properties);
  }

  /** Returns these settings with so much room for classes in each JVM of Flink. */
  public ClusterSettings withMetaspaceMb(int megabytes) {
    return new ClusterSettings(workers, slots, port, memoryMb, megabytes, jvmOptions, properties);
  }

  /** Returns these settings with more options for the JVMs in which tasks run. */
  public ClusterSettings withJvmOptions(String... options) {
    return new ClusterSettings(
        workers, slots, port, memoryMb, metaspaceMb, List.of(options), properties);
  }

  /** Returns these settings with one more property of the engine. */
  public ClusterSettings with(String property, String value) {
    Map<String, String> more = new LinkedHashMap<>(properties);
    more.put(property, value);
    return new ClusterSettings(workers, slots, port, memoryMb, metaspaceMb, jvmOptions, more);
  }

  /** Returns the number of tasks that run at the same time. */
  public int allSlots() {
    return workers * slots;
  }
}
