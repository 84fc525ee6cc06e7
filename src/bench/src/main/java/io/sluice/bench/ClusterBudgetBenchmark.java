/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench;

import io.sluice.bench.cluster.BudgetCase;
import io.sluice.bench.cluster.BudgetedJob;
import io.sluice.bench.harness.BudgetUse;
import io.sluice.bench.harness.MarkdownTable;
import io.sluice.bench.harness.Options;
import io.sluice.cluster.ClusterSettings;
import io.sluice.cluster.FlinkCluster;
import io.sluice.cluster.LocalCluster;
import io.sluice.cluster.SparkCluster;
import java.util.Locale;

/**
 * Measures how exactly jobs on a real cluster keep to their budget, by the books of the endpoint:
 * what was consumed, divided by what is allowed, from 20 s after the first unit until 95 % of the
 * units are consumed.
 *
 * <pre>
 *   ./mvnw -q package -DskipTests
 *   ./mvnw -q -pl src/bench -am package -DskipTests -Pbench \
 *       -Dbench.mainClass=io.sluice.bench.ClusterBudgetBenchmark -Dbench.heap=256m \
 *       -Dbench.args="[--engines=flink,spark] [--cases=files,gzip,hot,read,killed,changed] [--seconds=60]"
 * </pre>
 *
 * A cluster has two workers of two slots. The jobs are imports with half of 3,000 write units, and
 * an export with half of 1,000 read units.
 */
public final class ClusterBudgetBenchmark {
  private ClusterBudgetBenchmark() {}

  /** Measures, and prints a table for each engine. */
  public static void main(String[] args) throws Exception {
    int seconds = Integer.parseInt(Options.of("seconds", "60", args));
    String cases = Options.of("cases", "files,gzip,hot,read,killed,changed", args);
    for (String engine : Options.of("engines", "flink,spark", args).split(",")) {
      try (LocalCluster cluster = start(engine)) {
        MarkdownTable table =
            MarkdownTable.of("Consumed ÷ allowed on " + cluster.engine(), BudgetUse.COLUMNS);
        for (String name : cases.split(",")) {
          BudgetCase each = BudgetCase.valueOf(name.toUpperCase(Locale.ROOT));
          try (BudgetedJob job = BudgetedJob.prepare(each, seconds)) {
            job.run(engine, cluster).addTo(table, each.text());
          }
        }
      }
    }
    System.exit(0);
  }

  private static LocalCluster start(String engine) {
    ClusterSettings settings = ClusterSettings.of(2, 2).withMemoryMb(512).withMetaspaceMb(512);
    return engine.equals("spark")
        ? SparkCluster.start(settings)
        : FlinkCluster.start(
            settings
                .with("cluster.evenly-spread-out-slots", "true")
                // By default it takes 20 s to notice a loss, and our delay is 20 s.
                .with("heartbeat.interval", "500")
                .with("restart-strategy.type", "fixed-delay")
                .with("restart-strategy.fixed-delay.attempts", "20")
                .with("restart-strategy.fixed-delay.delay", "1 s"));
  }
}
