/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.sluice.cluster.FlinkCluster;
import io.sluice.e2e.KilledJob.Moment;
import io.sluice.e2e.Runs.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Flink cluster of three JVMs, to which the finished jars are submitted. */
class FlinkClusterIT {
  private static FlinkCluster cluster;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    cluster = FlinkCluster.start(Clusters.of(2, 1, 384).withMetaspaceMb(768));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static Run submit(List<String> job) {
    List<String> arguments = new ArrayList<>(job);
    arguments.add("--workers=2");
    Program program = Clusters.submitToFlink(cluster, arguments);
    return new Run(program.exitCode(), program.output(), program.errors());
  }

  @Test
  void jobsOfTheClusterJarEndAsOnTheDirectRunner() throws IOException {
    ClusterJobs jobs = new ClusterJobs("flink_cluster");
    jobs.prepare();
    jobs.compare(FlinkClusterIT::submit);
  }

  @Test
  void theWholeJarFindsTheCluster() throws IOException {
    Path input = Files.writeString(folder.resolve("in.csv"), "id,a\nk1,1\nk2,2\n");
    List<String> arguments =
        ClusterJobs.job(
            "import",
            "--input=" + input,
            "--table=whole_flink",
            "--createTable=ON_DEMAND",
            "--partitionKey=id:S",
            "--flinkMaster=" + cluster.master(),
            "--parallelism=2");
    Program.startJar("flink", arguments).mustExitWith(0);
    assertThat(
        ClusterJobs.items("whole_flink", "id").keySet(), is(Map.of("k1", 1, "k2", 2).keySet()));
  }

  /** By the settings that a cluster has where nobody changed them, and ours. */
  @Test
  void aLostTaskManagerIsGotOverByDefault() {
    try (KilledJob job = KilledJob.ofImport("lost_flink")) {
      job.mustGetOver(
          arguments -> {
            List<String> all = new ArrayList<>(arguments);
            all.addAll(
                List.of("--flinkMaster=" + cluster.master(), "--parallelism=2", "--workers=2"));
            return Program.startJar("flink", all);
          },
          Loss.ofTaskManager(Moment.WRITING, cluster));
      job.mustBeImported();
    }
  }

  @Test
  void aQueryIsNotForACluster() {
    List<String> query = List.of("--pipeline=query", "--output=" + folder, "--sql=select 1");
    Program program =
        Program.start(cluster.submit(List.of(), Path.of(Program.jar("flink-cluster")), query));
    program.mustExitWith(2);
    assertThat(
        program.errors(),
        containsString(
            "'query' runs on one machine, and this jar is for clusters: ./sluice query"));
  }
}
