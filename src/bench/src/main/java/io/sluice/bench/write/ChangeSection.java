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
import io.sluice.testing.dynamodb.DynamoDbProcess;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * Measures how long it takes to use the allowed units again once the capacity has been halved or
 * doubled, both as enforced and as described. That is the first second from which a mean over ten
 * seconds is 97 to 101 % of what is allowed. Also shown: the mean of the ten seconds before the
 * change, and of ten from 30 s after it.
 */
public final class ChangeSection {
  private static final int LATEST = 30;
  private static final int MEAN_OF = 10;
  private static final double LEAST = 0.97;
  private static final double MOST = 1.01;
  private static final int TAIL_SECONDS = 5;
  private static final long LOOK_EVERY_MILLIS = 50;
  private static final double[] RATIOS = {0.5, 1};
  private static final int ITEM_UNITS = 4;
  private static final int ITEM_BYTES = 4_000;
  private static final List<Change> CHANGES =
      List.of(new Change(5_000, 2_500), new Change(2_500, 5_000));

  private final Plan plan;
  private final String heap;

  public ChangeSection(Plan plan, String heap) {
    this.plan = plan;
    this.heap = heap;
  }

  private record Change(long before, long after) {
    double itemsFor(double ratio, int secondsBefore, int secondsAfter) {
      // Until a halving is known, and from savings, more than that is written.
      double extra = Math.max(0, before - after) * 10;
      return (ratio * (before * secondsBefore + after * secondsAfter) + extra) / ITEM_UNITS;
    }
  }

  /** The units written, and the second, from the first with any, in which the capacity changed. */
  private record Observed(Run run, int changedAt) {}

  public void print() throws Exception {
    MarkdownTable table =
        MarkdownTable.of(
            "A change of the capacity",
            "units/s",
            "ratio",
            "engine",
            "before",
            "steady again after",
            "from 30 s on",
            "throttled requests");
    for (Change change : CHANGES) {
      try (DynamoDbProcess endpoint =
          Endpoints.limited(change.before(), UtilisationSection.BURST_SECONDS, plan)) {
        for (double ratio : RATIOS) {
          for (Contender engine : UtilisationSection.ENGINES) {
            print(table, change, ratio, engine, measure(endpoint, change, ratio, engine));
          }
        }
      }
    }
  }

  private Observed measure(DynamoDbProcess endpoint, Change change, double ratio, Contender engine)
      throws Exception {
    Endpoints.setCapacity(endpoint, change.before());
    // Otherwise the seconds of the previous run would be taken for those of this one.
    endpoint.reset();
    Task task =
        new Task(engine, endpoint.endpoint(), UtilisationSection.WORKERS, ITEM_BYTES, ratio);
    int after = LATEST + MEAN_OF + TAIL_SECONDS;
    String describe = "-D" + ClientWatch.DESCRIBE + "=" + endpoint.endpoint();
    try (Fork fork = new Fork(endpoint, task, heap, describe)) {
      CompletableFuture<Integer> changedAt =
          CompletableFuture.supplyAsync(() -> changeInTime(endpoint, change));
      Run run = fork.run((long) change.itemsFor(ratio, plan.changeAfter(), after));
      return new Observed(run, changedAt.join());
    }
  }

  /** Changes the capacity at the beginning of a second, and returns the number of that second. */
  private int changeInTime(DynamoDbProcess endpoint, Change change) {
    int seconds = Seconds.of(endpoint.books()).count();
    while (seconds < plan.changeAfter()) {
      try {
        Thread.sleep(LOOK_EVERY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted before the capacity changed", e);
      }
      seconds = Seconds.of(endpoint.books()).count();
    }
    Endpoints.setCapacity(endpoint, change.after());
    return seconds;
  }

  private static void print(
      MarkdownTable table, Change change, double ratio, Contender engine, Observed observed) {
    Seconds seconds = Seconds.of(observed.run().books());
    double before = ratio * change.before();
    double after = ratio * change.after();
    int at = observed.changedAt();
    int first = Math.max(0, at - MEAN_OF);
    table.row(
        whole(change.before()) + " → " + whole(change.after()),
        decimals(ratio),
        engine.label(),
        percent(seconds.mean(first, at - first) / before),
        steadyAfter(seconds, at, after),
        percent(seconds.mean(at + LATEST, MEAN_OF) / after),
        percent(UtilisationSection.throttled(observed.run().books())));
  }

  private static String steadyAfter(Seconds seconds, int changedAt, double allowed) {
    for (int later = 0; later <= LATEST; later++) {
      double used = seconds.mean(changedAt + later, MEAN_OF) / allowed;
      if (used >= LEAST && used <= MOST) {
        return String.format(Locale.ROOT, "%d s", later);
      }
    }
    return "not in " + LATEST + " s";
  }
}
