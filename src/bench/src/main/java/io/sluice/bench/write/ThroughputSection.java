/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.write;

import static io.sluice.bench.harness.MarkdownTable.decimals;
import static io.sluice.bench.harness.MarkdownTable.whole;

import io.sluice.bench.harness.Fork;
import io.sluice.bench.harness.MarkdownTable;
import io.sluice.bench.harness.Run;
import io.sluice.testing.dynamodb.DynamoDbProcess;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measures items a second of all contenders, with small items and more capacity than they use, for
 * several latencies and numbers of workers. The contenders take turns, in reverse order in the next
 * round. A row's cores are those that the contender's JVM and the endpoint's kept busy.
 */
public final class ThroughputSection {
  private static final long[] LATENCIES = {0, 5, 10, 20};
  private static final int[] WORKERS = {2, 25};

  private final Plan plan;
  private final String heap;

  public ThroughputSection(Plan plan, String heap) {
    this.plan = plan;
    this.heap = heap;
  }

  public void print() throws Exception {
    MarkdownTable table =
        MarkdownTable.of(
            "Throughput, items of " + Conditions.ITEM_BYTES + " bytes",
            "latency",
            "workers",
            "contender",
            "items/s",
            "× DynamoDBIO",
            "in flight",
            "its cores",
            "endpoint's cores");
    try (DynamoDbProcess endpoint = Endpoints.ample(plan)) {
      for (long latency : LATENCIES) {
        Endpoints.setLatency(endpoint, latency);
        for (int workers : WORKERS) {
          Conditions conditions = new Conditions(latency, workers);
          print(table, conditions, measure(endpoint, conditions));
        }
      }
    }
  }

  private Map<Contender, List<Run>> measure(DynamoDbProcess endpoint, Conditions conditions)
      throws Exception {
    Map<Contender, List<Run>> runs = new EnumMap<>(Contender.class);
    List<Contender> order = new ArrayList<>(List.of(Contender.values()));
    for (int round = 0; round < plan.rounds(); round++) {
      for (Contender contender : order) {
        Task task = conditions.task(contender, endpoint.endpoint());
        try (Fork fork = new Fork(endpoint, task, heap)) {
          long items = (long) (fork.warmUp(plan.warmSeconds()) * plan.runSeconds());
          runs.computeIfAbsent(contender, c -> new ArrayList<>()).add(fork.run(items));
        }
      }
      Collections.reverse(order);
    }
    return runs;
  }

  private static void print(
      MarkdownTable table, Conditions conditions, Map<Contender, List<Run>> runs) {
    double peer = Run.median(runs.get(Contender.BEAM), Run::itemsPerSecond);
    runs.forEach(
        (contender, of) -> {
          double rate = Run.median(of, Run::itemsPerSecond);
          table.row(
              conditions.latencyMillis() + " ms",
              conditions.workers(),
              contender.label(),
              whole(rate),
              decimals(rate / peer),
              whole(Run.median(of, run -> run.books().requestsAtOnce())),
              decimals(Run.median(of, run -> run.cpuSeconds() / run.wholeSeconds())),
              decimals(Run.median(of, run -> run.endpointCpuSeconds() / run.wholeSeconds())));
        });
  }
}
