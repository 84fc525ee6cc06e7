/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.read;

import static io.sluice.bench.harness.MarkdownTable.decimals;
import static io.sluice.bench.harness.MarkdownTable.whole;

import io.sluice.bench.harness.MarkdownTable;
import io.sluice.bench.harness.Pair;
import io.sluice.testing.dynamodb.DynamoDbProcess;
import java.util.List;

/**
 * Measures items for each CPU second of the contender's JVM, and for each second: the difference
 * between a run over a table with three times the items and one over the items, each in a JVM of
 * its own, so that start and warm-up do not count. The runs of all rounds are added up.
 */
public final class CpuSection {
  private final Plan plan;
  private final ClassArchives archives;

  public CpuSection(Plan plan, ClassArchives archives) {
    this.plan = plan;
    this.archives = archives;
  }

  /** Prints the table; returns how many rows are errors. */
  public int print() throws Exception {
    long few = plan.items();
    long many = 3 * few;
    Results<Pair> results;
    try (DynamoDbProcess small = Endpoints.of(few, plan);
        DynamoDbProcess large = Endpoints.of(many, plan)) {
      results =
          Results.of(
              plan,
              contender ->
                  new Pair(
                      FreshRun.of(contender, small, few, archives.flag(contender)),
                      FreshRun.of(contender, large, many, archives.flag(contender))));
    }
    double beam = results.figureOf(Contender.BEAM, Pair::itemsPerCpuSecond);
    double bare = results.figureOf(Contender.BARE, Pair::itemsPerCpuSecond);
    return results.print(table(few, many), pairs -> cells(pairs, beam, bare));
  }

  private MarkdownTable table(long few, long many) {
    return MarkdownTable.of(
        "CPU, %s items of %s less %s, %d ms"
            .formatted(whole(many), plan.item(), whole(few), Endpoints.LATENCY_MILLIS),
        "contender",
        "items per CPU second",
        "× DynamoDBIO",
        "× bare scan",
        "items/s",
        "CPU of an item, µs",
        "endpoint's, µs");
  }

  private static List<String> cells(List<Pair> pairs, double beam, double bare) {
    double rate = Pair.itemsPerCpuSecond(pairs);
    double items = Pair.sum(pairs, Pair::items);
    return List.of(
        whole(rate),
        decimals(rate / beam),
        decimals(rate / bare),
        whole(items / Pair.sum(pairs, Pair::seconds)),
        decimals(1e6 / rate),
        decimals(1e6 * Pair.sum(pairs, Pair::endpointCpuSeconds) / items));
  }
}
