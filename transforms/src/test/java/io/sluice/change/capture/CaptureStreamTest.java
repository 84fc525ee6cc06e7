/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.capture;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import io.sluice.change.capture.CaptureTask.OnGap;
import io.sluice.change.feed.FeedCommit;
import io.sluice.change.stream.StreamGap;
import io.sluice.change.stream.StreamState;
import io.sluice.testing.LocalAws;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Captures of a real stream, whose shards split, roll over and have empty pages. */
@Execution(ExecutionMode.SAME_THREAD)
class CaptureStreamTest {
  private static LocalAws aws;

  private final CapturedTable table = new CapturedTable(aws, "captured-" + UUID.randomUUID());

  @BeforeAll
  static void start() {
    aws =
        LocalAws.start(
            List.of(
                "--inMemory",
                "--dynamodbPort=0",
                "--streamShards=2",
                "--splitAfter=9",
                "--shardLife=3s",
                "--emptyPages=40",
                "--faults=GetRecords:InternalServerError:0.05,GetShardIterator:LimitExceededException:0.05,DescribeStream:reset-after:0.05"));
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  @BeforeEach
  void create() {
    table.create();
  }

  @Test
  void replayingTheFeedGivesTheTable() throws IOException {
    Random random = new Random(1);
    for (int run = 1; run <= 4; run++) {
      table.changeAtRandom(random, random.nextInt(60));
      CaptureResult result = table.capture();
      assertThat(result.isOurs(), is(true));
      assertThat(result.commit().number(), is((long) run));
      assertThat(result.commit().late(), is(0L));
      assertThat(table.replayed(), is(table.items()));
    }
    assertThat("each change once", table.captured().size(), is(table.changes()));
    FeedCommit last = table.commits().latest().orElseThrow();
    assertThat(last.shards().size(), greaterThan(3));
    assertThat(last.completeFrom(), is(table.stream().created()));
    assertThat(last.completeThrough().compareTo(last.start()), lessThanOrEqualTo(0));
    assertThat(table.filesThere(), is(table.filesOfCommits()));
  }

  @Test
  void ofTwoAtOnceOneCommits() throws Exception {
    table.changeAtRandom(new Random(2), 40);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      CaptureTask one = table.task("one");
      CaptureTask two = table.task("two");
      List<Callable<CaptureResult>> both = List.of(() -> table.run(one), () -> table.run(two));
      List<Future<CaptureResult>> results = pool.invokeAll(both);
      CaptureResult a = results.get(0).get();
      CaptureResult b = results.get(1).get();
      assertThat(a.commit(), is(b.commit()));
      assertThat(a.isOurs(), is(not(b.isOurs())));
    } finally {
      pool.shutdownNow();
    }
    assertThat(table.replayed(), is(table.items()));
    assertThat(table.captured().size(), is(table.changes()));
    assertThat(table.filesThere(), is(table.filesOfCommits()));
  }

  @Test
  void theSameRunAgainChangesNothing() throws IOException {
    table.changeAtRandom(new Random(3), 30);
    CaptureTask task = table.task("same");
    CaptureResult first = table.run(task);
    Set<String> files = table.filesThere();
    table.changeAtRandom(new Random(4), 30);
    CaptureResult again = table.run(task);
    assertThat(again.commit(), is(first.commit()));
    assertThat(again.isOurs(), is(true));
    assertThat(table.filesThere().containsAll(files), is(true));
    table.capture();
    assertThat(table.replayed(), is(table.items()));
    assertThat(table.captured().size(), is(table.changes()));
  }

  @Test
  void anotherStreamIsAGap() throws IOException {
    table.changeAtRandom(new Random(6), 20);
    FeedCommit first = table.capture().commit();
    table.disableStream();
    table.changeAtRandom(new Random(7), 5);
    int before = table.changes();
    table.enableStream();
    table.changeAtRandom(new Random(8), 20);
    StreamState now = table.stream();
    String gap = StreamGap.find(first, now).orElseThrow();
    assertThat(gap, containsString("another stream"));
    CaptureResult anew =
        table.run(new CaptureTask(table.feed(), "anew", now, first, gap, OnGap.RESNAPSHOT));
    assertThat(anew.commit().gap(), is(gap));
    assertThat(anew.commit().number(), is(2L));
    assertThat(anew.commit().completeFrom(), is(now.created()));
    assertThat(anew.commit().records(), is((long) (table.changes() - before)));
  }
}
