/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import io.sluice.cluster.ClusterSettings;
import io.sluice.cluster.LocalCluster;
import java.util.ArrayList;
import java.util.List;

/** The clusters of the tests, which start quickly, and what is submitted to them. */
final class Clusters {
  private Clusters() {}

  /** A cluster of so many workers, with so many slots and so much heap each. */
  static ClusterSettings of(int workers, int slots, int memoryMb) {
    return ClusterSettings.of(workers, slots)
        .withMemoryMb(memoryMb)
        .withJvmOptions("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
  }

  /** Submits a job to Flink, for two slots. */
  static Program submitToFlink(LocalCluster cluster, List<String> job, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-p", "2"));
    return Program.startSubmit("flink", cluster.folder(), all, job);
  }

  /** Submits a job to Spark. */
  static Program submitToSpark(LocalCluster cluster, List<String> job) {
    return Program.startSubmit("spark", cluster.folder(), List.of(), job);
  }
}
