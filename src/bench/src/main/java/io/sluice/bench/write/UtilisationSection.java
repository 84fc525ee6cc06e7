/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.write;

import static io.sluice.bench.harness.MarkdownTable.decimals;
import static io.sluice.bench.harness.MarkdownTable.percent;
import static io.sluice.bench.harness.MarkdownTable.whole;

import io.sluice.bench.harness.Fork;
import io.sluice.bench.harness.MarkdownTable;
import io.sluice.bench.harness.Run;
import io.sluice.testing.dynamodb.Books;
import io.sluice.testing.dynamodb.DynamoDbProcess;
import java.util.List;

/**
 * Measures how much of its allowance a job uses, with a table that enforces the capacity that it
 * reports: the units consumed in the steady part of a run ÷ those that the ratio allows; and the
 * share of requests that were throttled, as a whole or in part, during the whole run. Items are so
 * large that the machine is not the limit, and batches so small that one more or less in the steady
 * part hardly matters.
 */
public final class UtilisationSection {
  static final List<Contender> ENGINES = List.of(Contender.ASYNC, Contender.DYNAMODBIO);
  static final int WORKERS = 8;

  /** The seconds that the table saves up; DynamoDB saves 300 s, which would outlast the run. */
  static final int BURST_SECONDS = 5;

  /** Keeps the end, when some workers have no items left, out of the steady part. */
  private static final int TAIL_SECONDS = 8;

  private static final double[] RATIOS = {0.25, 0.5, 1};
  private static final List<Level> LEVELS =
      List.of(new Level(500, 1), new Level(5_000, 4), new Level(20_000, 20));

  private final Plan plan;
  private final String heap;

  public UtilisationSection(Plan plan, String heap) {
    this.plan = plan;
    this.heap = heap;
  }

  /** A capacity, and the units of each item. */
  record Level(long capacity, int itemUnits) {
    /** Returns a size slightly below the units. */
    int itemBytes() {
      return itemUnits * 1_000;
    }
  }

  public void print() throws Exception {
    MarkdownTable table =
        MarkdownTable.of(
            "Utilisation",
            "units/s",
            "ratio",
            "engine",
            "consumed, units/s",
            "consumed ÷ allowed",
            "least second",
            "most second",
            "throttled requests");
    for (Level level : LEVELS) {
      try (DynamoDbProcess endpoint = Endpoints.limited(level.capacity(), BURST_SECONDS, plan)) {
        for (double ratio : RATIOS) {
          for (Contender engine : ENGINES) {
            print(table, level, ratio, engine, measure(endpoint, level, ratio, engine));
          }
        }
      }
    }
  }

  private Run measure(DynamoDbProcess endpoint, Level level, double ratio, Contender engine)
      throws Exception {
    Task task = new Task(engine, endpoint.endpoint(), WORKERS, level.itemBytes(), ratio);
    int seconds = plan.skippedSeconds() + plan.steadySeconds() + TAIL_SECONDS;
    try (Fork fork = new Fork(endpoint, task, heap)) {
      return fork.run((long) (ratio * level.capacity() * seconds / level.itemUnits()));
    }
  }

  private void print(MarkdownTable table, Level level, double ratio, Contender engine, Run run) {
    Seconds seconds = Seconds.of(run.books());
    int from = plan.skippedSeconds();
    List<Double> steady =
        seconds
            .units()
            .subList(
                Math.min(from, seconds.count()),
                Math.min(from + plan.steadySeconds(), seconds.count()));
    double consumed = seconds.mean(from, plan.steadySeconds());
    double allowed = ratio * level.capacity();
    table.row(
        whole(level.capacity()),
        decimals(ratio),
        engine.label(),
        whole(consumed),
        percent(consumed / allowed),
        percent(steady.stream().mapToDouble(u -> u).min().orElse(Double.NaN) / allowed),
        percent(steady.stream().mapToDouble(u -> u).max().orElse(Double.NaN) / allowed),
        percent(throttled(run.books())));
  }

  /** Returns the share of requests of which something was refused for lack of capacity. */
  static double throttled(Books books) {
    long refused = books.throttled("BatchWriteItem") + books.requests("BatchWriteItem", "PARTLY");
    return (double) refused / Math.max(1, books.requests("BatchWriteItem"));
  }
}
