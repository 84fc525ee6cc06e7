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
import io.sluice.testing.endpoint.EndpointProcess;
import java.util.List;

/**
 * Items a second of a whole run in a cold JVM, with what it takes to make a pipeline and to end it.
 * A row's cores are those that the contender's JVM and the endpoint's kept busy. Of some rounds the
 * median counts.
 */
public final class ThroughputSection {
  private final Plan plan;
  private final ClassArchives archives;

  public ThroughputSection(Plan plan, ClassArchives archives) {
    this.plan = plan;
    this.archives = archives;
  }

  /** Gives how many rows are errors. */
  public int print() throws Exception {
    Results<Run> results;
    try (EndpointProcess endpoint = Endpoints.of(plan.items(), plan)) {
      results =
          Results.of(
              plan,
              contender ->
                  FreshRun.of(contender, endpoint, plan.items(), archives.flag(contender)));
    }
    double beam = results.figureOf(Contender.BEAM, ThroughputSection::rate);
    double bare = results.figureOf(Contender.BARE, ThroughputSection::rate);
    return results.print(table(), runs -> cells(runs, beam, bare));
  }

  private MarkdownTable table() {
    return MarkdownTable.of(
        "Throughput, %s items of %s, %d ms"
            .formatted(whole(plan.items()), plan.item(), Endpoints.LATENCY_MILLIS),
        "contender",
        "items/s",
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

  private static List<String> cells(List<Run> runs, double beam, double bare) {
    return List.of(
        whole(rate(runs)),
        decimals(rate(runs) / beam),
        decimals(rate(runs) / bare),
        whole(Run.median(runs, run -> run.books().requestsAtOnce())),
        decimals(Run.median(runs, run -> run.cpuSeconds() / run.wholeSeconds())),
        decimals(Run.median(runs, run -> run.endpointCpuSeconds() / run.wholeSeconds())),
        whole(Run.median(runs, run -> run.heapPeak() >> 20)) + " MB");
  }
}
