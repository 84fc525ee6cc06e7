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
import io.sluice.bench.harness.Pair;
import io.sluice.testing.dynamodb.DynamoDbProcess;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measures items for each CPU second of the contender's JVM at 10 ms: the difference between a long
 * run and a short one in the same warm JVM, so that the beginning and the end of a pipeline do not
 * count. The runs of all rounds are added up.
 */
public final class CpuSection {
  private static final int LATENCY = 10;
  private static final int[] WORKERS = {25, 2};
  private static final int LONG_RUN = 3;

  private final Plan plan;
  private final String heap;

  public CpuSection(Plan plan, String heap) {
    this.plan = plan;
    this.heap = heap;
  }

  public void print() throws Exception {
    MarkdownTable table =
        MarkdownTable.of(
            "CPU, items of " + Conditions.ITEM_BYTES + " bytes, " + LATENCY + " ms",
            "workers",
            "contender",
            "items per CPU second",
            "× DynamoDBIO",
            "CPU of a batch, µs",
            "endpoint's, µs");
    try (DynamoDbProcess endpoint = Endpoints.ample(plan)) {
      Endpoints.setLatency(endpoint, LATENCY);
      for (int workers : WORKERS) {
        print(table, workers, measure(endpoint, new Conditions(LATENCY, workers)));
      }
    }
  }

  private Map<Contender, List<Pair>> measure(DynamoDbProcess endpoint, Conditions conditions)
      throws Exception {
    Map<Contender, List<Pair>> pairs = new EnumMap<>(Contender.class);
    List<Contender> order = new ArrayList<>(List.of(Contender.values()));
    for (int round = 0; round < plan.rounds(); round++) {
      for (Contender contender : order) {
        Task task = conditions.task(contender, endpoint.endpoint());
        try (Fork fork = new Fork(endpoint, task, heap)) {
          // Longer than for the throughput: otherwise the compilers' time would make the
          // difference.
          double rate = fork.warmUp(2 * plan.warmSeconds());
          long items = (long) (rate * plan.runSeconds() / 2);
          pairs
              .computeIfAbsent(contender, c -> new ArrayList<>())
              .add(new Pair(fork.run(items), fork.run(LONG_RUN * items)));
        }
      }
      Collections.reverse(order);
    }
    return pairs;
  }

  private static void print(MarkdownTable table, int workers, Map<Contender, List<Pair>> pairs) {
    double peer = Pair.itemsPerCpuSecond(pairs.get(Contender.BEAM));
    pairs.forEach(
        (contender, of) -> {
          double rate = Pair.itemsPerCpuSecond(of);
          double batches = Pair.sum(of, Pair::items) / Items.BATCH;
          table.row(
              workers,
              contender.label(),
              whole(rate),
              decimals(rate / peer),
              whole(1e6 * Pair.sum(of, Pair::cpuSeconds) / batches),
              whole(1e6 * Pair.sum(of, Pair::endpointCpuSeconds) / batches));
        });
  }
}
