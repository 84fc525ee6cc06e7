/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import io.sluice.change.capture.CaptureResult;
import io.sluice.change.capture.CaptureTask;
import io.sluice.change.capture.ChangingTable;
import io.sluice.change.feed.FeedCommit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Random histories of a table: changes, scans, captures that fail, come twice and at once, streams
 * that roll over, forget and are replaced. Each merge is the table as it was, or is refused.
 */
@Execution(ExecutionMode.SAME_THREAD)
class HistoryPropertyTest {
  private static final String PASSING =
      "GetRecords:ProvisionedThroughputExceededException:0.05,"
          + "GetShardIterator:LimitExceededException:0.05,DescribeStream:reset-after:0.05";
  private static final String FATAL = "GetRecords:AccessDeniedException:0.1";
  private static final int STEPS = 30;
  private static final Duration LONGER_THAN_KEPT = Duration.ofHours(25);

  @TempDir Path folder;
  private int merges;
  private int refusals;
  private int gaps;
  private int unknown;

  @Test
  void eachMergeIsTheTableAtThatTime() throws Exception {
    for (int seed = 1; seed <= 6; seed++) {
      try (History history = new History(new Random(seed), folder.resolve("seed-" + seed))) {
        history.live();
      } catch (AssertionError | Exception e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    // How many there are depends on the threads, too.
    assertThat("merges", merges, greaterThan(10));
    assertThat("refused merges", refusals, greaterThan(1));
    assertThat("gaps", gaps, greaterThan(0));
    assertThat("merges that nobody can be sure of", unknown, lessThan(merges));
  }

  /** One table, from its beginning. */
  private final class History implements AutoCloseable {
    private final Random random;
    private final ChangingTable table;
    private final List<Base> bases = new ArrayList<>();
    private boolean lost;
    private int age;
    private int knownAge;

    /** A snapshot, and how often changes had been lost before it. */
    private record Base(ChangingTable.Scan scan, int age) {}

    History(Random random, Path feed) {
      this.random = random;
      this.table = new ChangingTable(random, feed);
    }

    void live() throws Exception {
      table.change(random.nextInt(20));
      capture();
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(20)) {
          case 0 -> table.clock().move(Duration.ofMinutes(random.nextInt(10)));
          case 1, 2 -> scan();
          case 3, 4, 5, 6 -> capture();
          case 7 -> captureTwice();
          case 8 -> captureAtOnce();
          case 9 -> captureInVain();
          case 10 -> loseChanges();
          default -> table.change(random.nextInt(15));
        }
        if (!bases.isEmpty() && random.nextInt(2) == 0) {
          merge();
        }
      }
      // What is true at the end whatever happened before.
      table.clock().move(Duration.ofMinutes(2));
      capture();
      scan();
      table.change(10);
      table.clock().move(Duration.ofMinutes(1));
      capture();
      merge();
    }

    private void scan() {
      // The feed, if it began anew, must have begun a minute before.
      table.clock().move(Duration.ofSeconds(random.nextInt(200)));
      bases.add(new Base(table.scan(), age));
    }

    private CaptureTask task() throws IOException {
      CaptureTask task = table.task();
      assertThat("a gap: " + task.gap(), task.gap() != null, is(lost));
      return task;
    }

    private void committed(CaptureResult result) {
      if (lost) {
        assertThat(result.commit().gap(), is(not((String) null)));
        gaps++;
        knownAge = age;
        lost = false;
      } else {
        assertThat(result.commit().gap(), is((String) null));
      }
    }

    private void capture() throws IOException {
      CaptureTask task = task();
      table.setFaults(PASSING);
      CaptureResult result = table.run(task);
      table.setFaults("");
      assertThat(result.isOurs(), is(true));
      committed(result);
    }

    private void captureTwice() throws IOException {
      CaptureTask task = task();
      CaptureResult once = table.run(task);
      table.change(random.nextInt(9));
      assertThat(table.run(task).commit(), is(once.commit()));
      committed(once);
    }

    private void captureAtOnce() throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(2);
      try {
        CaptureTask one = task();
        table.change(random.nextInt(9));
        CaptureTask two = task();
        List<Callable<CaptureResult>> both = List.of(() -> table.run(one), () -> table.run(two));
        List<Future<CaptureResult>> results = pool.invokeAll(both);
        CaptureResult result = results.get(0).get();
        assertThat(results.get(1).get().commit(), is(result.commit()));
        assertThat(results.get(1).get().isOurs(), is(!result.isOurs()));
        committed(result);
      } finally {
        pool.shutdownNow();
      }
    }

    /** Fails most of the time, and leaves whatever it had written. */
    private void captureInVain() throws IOException {
      CaptureTask task = task();
      table.setFaults(FATAL);
      CaptureResult result;
      try {
        result = table.run(task);
      } catch (RuntimeException e) {
        return;
      } finally {
        table.setFaults("");
      }
      committed(result);
    }

    private void loseChanges() {
      if (random.nextInt(3) == 0) {
        return;
      }
      if (random.nextBoolean()) {
        table.replaceStream();
      } else {
        table.clock().move(LONGER_THAN_KEPT);
      }
      lost = true;
      age++;
    }

    private void merge() throws IOException {
      int old = random.nextInt(4) == 0 ? random.nextInt(bases.size()) : 0;
      Base base = bases.get(bases.size() - 1 - old);
      FeedCommit latest = table.commits().latest().orElseThrow();
      long seconds =
          Math.max(1, Duration.between(base.scan.end(), latest.completeThrough()).toSeconds());
      PointInTime asOf =
          new PointInTime(
              base.scan
                  .end()
                  .truncatedTo(ChronoUnit.SECONDS)
                  .plusSeconds(
                      1 + random.nextLong(random.nextBoolean() ? 6 : Math.min(60, seconds + 5))));
      FeedRange range;
      try {
        range = FeedRange.of(table.feed(), base.scan.start(), asOf);
      } catch (IllegalArgumentException e) {
        checkRefusal(base, asOf, latest, e);
        refusals++;
        return;
      }
      assertThat("no gap is passed over", base.age, greaterThanOrEqualTo(knownAge));
      MergeRun run;
      try {
        run = MergeRun.of(range, asOf, base.scan.end(), base.scan.items(), table.options());
      } catch (RuntimeException e) {
        assertThat(e.getMessage(), containsString("it is not known whether the base has a change"));
        assertThat(table.hasOldImages(), is(false));
        assertThat(
            asOf.instant().isBefore(base.scan.end().plusMillis(PointInTime.CLOCKS_MILLIS)),
            is(true));
        unknown++;
        return;
      }
      assertThat(
          "as of %s, with a scan until %s".formatted(asOf, base.scan.end()),
          run.items(),
          is(table.asOf(asOf.instant())));
      merges++;
    }

    private void checkRefusal(
        Base base, PointInTime asOf, FeedCommit latest, IllegalArgumentException e) {
      Instant needed = base.scan.start().minus(FeedRange.MARGIN);
      boolean isIncomplete =
          !asOf.instant().plusSeconds(1).isBefore(latest.completeThrough())
              || latest.completeFrom().isAfter(needed);
      assertThat(e.getMessage(), base.age < knownAge || isIncomplete, is(true));
    }

    @Override
    public void close() {
      table.close();
    }
  }
}
