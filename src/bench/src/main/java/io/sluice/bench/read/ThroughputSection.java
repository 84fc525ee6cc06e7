/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.read;

import static io.sluice.bench.harness.MarkdownTable.decimals;
import static io.sluice.bench.harness.MarkdownTable.whole;

import io.sluice.bench.harness.MarkdownTable;
import io.sluice.bench.harness.Run;
import io.sluice.testing.dynamodb.DynamoDbProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Measures items a second of a whole run in a cold JVM, including the construction and the end of
 * the pipeline. A row's cores are those that the contender's JVM and the endpoint's kept busy. The
 * median of some rounds counts.
 */
public final class ThroughputSection {
  private final Plan plan;
  private final ClassArchives archives;

  public ThroughputSection(Plan plan, ClassArchives archives) {
    this.plan = plan;
    this.archives = archives;
  }

  /** Prints the table; returns how many rows are errors. */
  public int print() throws Exception {
    Results<Run> results;
    try (DynamoDbProcess endpoint = Endpoints.of(plan.items(), plan)) {
      results =
          Results.of(
              plan,
              contender ->
                  FreshRun.of(contender, endpoint, plan.items(), archives.flag(contender)));
    }
    return results.print(table(), runs -> cells(runs, results));
  }

  private MarkdownTable table() {
    return MarkdownTable.of(
        "Throughput, %s items of %s, %d ms"
            .formatted(whole(plan.items()), plan.item(), Endpoints.LATENCY_MILLIS),
        "contender",
        "items/s",
        "× DynamoDBIO",
        "× bare scan",
        "items per CPU second",
        "× DynamoDBIO",
        "× bare scan",
        "in flight",
        "its cores",
        "endpoint's cores",
        "most heap after a collection");
  }

  private static double rate(List<Run> runs) {
    return Run.median(runs, Run::itemsPerSecond);
  }

  private static double perCpuSecond(List<Run> runs) {
    return Run.median(runs, run -> run.items() / run.cpuSeconds());
  }

  /** Returns a figure, and its ratios to those of the two others. */
  private static List<String> compared(
      List<Run> runs, Results<Run> results, ToDoubleFunction<List<Run>> figure) {
    double one = figure.applyAsDouble(runs);
    return List.of(
        whole(one),
        decimals(one / results.figureOf(Contender.BEAM, figure)),
        decimals(one / results.figureOf(Contender.BARE, figure)));
  }

  private static List<String> cells(List<Run> runs, Results<Run> results) {
    List<String> cells = new ArrayList<>();
    cells.addAll(compared(runs, results, ThroughputSection::rate));
    cells.addAll(compared(runs, results, ThroughputSection::perCpuSecond));
    cells.addAll(resources(runs));
    return cells;
  }

  private static List<String> resources(List<Run> runs) {
    return List.of(
        whole(Run.median(runs, run -> run.books().requestsAtOnce())),
        decimals(Run.median(runs, run -> run.cpuSeconds() / run.wholeSeconds())),
        decimals(Run.median(runs, run -> run.endpointCpuSeconds() / run.wholeSeconds())),
        whole(Run.median(runs, run -> run.heapPeak() >> 20)) + " MB");
  }
}
