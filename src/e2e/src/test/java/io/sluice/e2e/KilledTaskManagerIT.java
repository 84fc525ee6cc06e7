/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.matchesPattern;

import io.sluice.cluster.FlinkCluster;
import io.sluice.e2e.KilledJob.Moment;
import io.sluice.e2e.Runs.Run;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs on Flink that lose a TaskManager, at any moment. */
@Timeout(900)
class KilledTaskManagerIT {
  private static FlinkCluster cluster;

  @BeforeAll
  static void start() {
    cluster =
        FlinkCluster.start(
            Clusters.of(2, 2, 384)
                .withMetaspaceMb(768)
                // Both have work.
                .with("cluster.evenly-spread-out-slots", "true")
                // By default it takes 20 s to notice a loss, and our delay is 20 s.
                .with("heartbeat.interval", "500")
                .with("restart-strategy.type", "fixed-delay")
                .with("restart-strategy.fixed-delay.attempts", "20")
                .with("restart-strategy.fixed-delay.delay", "1 s"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static Program submit(List<String> job) {
    return Clusters.submitToFlink(cluster, job);
  }

  private static Loss at(Moment moment) {
    return Loss.ofTaskManager(moment, cluster);
  }

  @Test
  void anImportGetsOverIt() {
    try (KilledJob job = KilledJob.ofImport("flink_import")) {
      job.mustGetOver(KilledTaskManagerIT::submit, at(Moment.WRITING));
      job.mustBeImported();
    }
  }

  @Test
  void anExportGetsOverItAndClearsUpAfterOneThatFailed() throws IOException {
    try (KilledJob job = KilledJob.ofExport("flink_export")) {
      Run failed =
          job.run(
              arguments ->
                  Clusters.submitToFlink(
                      cluster, arguments, "-t", "remote", "-Drestart-strategy.type=none"),
              at(Moment.PUBLISHING));
      failed.mustHaveExited(1);
      assertThat(
          failed.errors(),
          matchesPattern("sluice: the job failed: the TaskManager \\S+ was lost, [^\n]*\n"));
      job.mustGetOver(
          KilledTaskManagerIT::submit,
          at(Moment.SCANNING),
          at(Moment.STAGING),
          at(Moment.PUBLISHING));
      job.mustBePublished();
    }
  }
}
