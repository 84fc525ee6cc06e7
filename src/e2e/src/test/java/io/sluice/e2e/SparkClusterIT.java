/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.sluice.cluster.ClassPath;
import io.sluice.cluster.SparkCluster;
import io.sluice.e2e.Runs.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Spark cluster of three JVMs, and those of its executors, to which the finished jar is
 * submitted. As on EMR an older AWS SDK comes first, beside the Parquet, Avro and Jackson of Spark
 * itself.
 */
class SparkClusterIT {
  private static SparkCluster cluster;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    cluster = SparkCluster.start(Clusters.of(2, 1, 512), ClassPath.load("emr").jars());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static Run submit(List<String> job) {
    Program program = Clusters.submitToSpark(cluster, job);
    return new Run(program.exitCode(), program.output(), program.errors());
  }

  @Test
  void jobsOfTheClusterJarEndAsOnTheDirectRunner() throws IOException {
    ClusterJobs jobs = new ClusterJobs("spark_cluster");
    jobs.prepare();
    jobs.compare(SparkClusterIT::submit);

    Path file = folder.resolve("variants.parquet");
    Runs.inOneJvm("direct", List.of(jobs.importOfVariants("direct", file)))
        .get(0)
        .mustHaveExited(0);
    submit(jobs.importOfVariants("cluster", file)).mustHaveExited(0);
    jobs.compareVariants();

    List<Long> staged = jarsOfExecutors();
    assertThat(staged.size(), greaterThan(6));
    assertThat(staged, everyItem(is(1L)));
  }

  /** The number of jars in the folder of each executor, into which the driver's jars are copied. */
  private static List<Long> jarsOfExecutors() throws IOException {
    try (Stream<Path> all = Files.walk(cluster.folder(), 3)) {
      return all.filter(path -> path.toString().matches(".*/worker-[0-9]+/app-[^/]+/[0-9]+"))
          .map(SparkClusterIT::jarsIn)
          .toList();
    }
  }

  private static long jarsIn(Path executor) {
    try (Stream<Path> files = Files.list(executor)) {
      return files.filter(file -> file.toString().endsWith(".jar")).count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
