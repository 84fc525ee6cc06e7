/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import io.sluice.cluster.SparkCluster;
import io.sluice.e2e.KilledJob.Moment;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs on Spark that lose an executor, or a whole worker with its executor, at any moment. */
@Timeout(900)
class KilledSparkWorkerIT {
  private static SparkCluster cluster;

  @BeforeAll
  static void start() {
    cluster = SparkCluster.start(Clusters.of(2, 1, 512));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static Program submit(List<String> job) {
    return Clusters.submitToSpark(cluster, job);
  }

  @Test
  void anImportGetsOverIt() {
    try (KilledJob job = KilledJob.ofImport("spark_import")) {
      job.mustGetOver(
          KilledSparkWorkerIT::submit,
          Loss.ofExecutor(Moment.WRITING, cluster),
          Loss.ofWorker(Moment.WRITING, cluster));
      job.mustBeImported();
    }
  }

  /**
   * Where so much is lost that files were made of pages that are read again, nothing is published.
   */
  @Test
  void anExportGetsOverItOrFailsInOneLine() throws IOException {
    try (KilledJob job = KilledJob.ofExport("spark_export")) {
      job.mustGetOverOrDoAgain(
          KilledSparkWorkerIT::submit,
          Loss.ofExecutor(Moment.SCANNING, cluster),
          Loss.ofWorker(Moment.SCANNING, cluster),
          Loss.ofExecutor(Moment.STAGING, cluster),
          Loss.ofWorker(Moment.STAGING, cluster),
          Loss.ofExecutor(Moment.PUBLISHING, cluster),
          Loss.ofWorker(Moment.PUBLISHING, cluster));
      job.mustBePublished();
    }
  }
}
