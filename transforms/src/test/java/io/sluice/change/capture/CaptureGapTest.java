/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.capture;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.ShardPosition;
import io.sluice.localaws.dynamodb.stream.StreamSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is lost while a capture runs, or because it ran for long: a stream of one shard. */
@Execution(ExecutionMode.SAME_THREAD)
class CaptureGapTest {
  private static final String TRIMMED = "TrimmedDataAccessException";
  private static final String GONE = "ResourceNotFoundException";

  @TempDir Path folder;
  private ChangingTable table;

  @BeforeEach
  void create() {
    table =
        new ChangingTable(
            new Random(1),
            folder,
            StreamSettings.SERVICE.withShards(1).withShardLife(Duration.ofDays(9)));
  }

  @AfterEach
  void close() {
    table.close();
  }

  private FeedCommit capture() throws IOException {
    return table.run(table.task()).commit();
  }

  private static List<Boolean> drained(FeedCommit commit) {
    return commit.shards().stream().map(ShardPosition::drained).toList();
  }

  @Test
  void aShardThatForgetsAsItIsReadIsReadAnewAndGoesOn() throws IOException {
    table.change(9);
    capture();
    table.change(9);
    int before = table.changes();
    table.failNextReads(3, TRIMMED);
    CaptureTask task = table.task();
    FeedCommit anew = table.run(task).commit();
    assertThat(anew.gap(), containsString("has forgotten records that were not read yet"));
    assertThat(drained(anew), everyItem(is(false)));
    assertThat("all that is left", anew.records(), is((long) before));
    assertThat(anew.completeFrom(), is(task.stream().time()));

    table.change(9);
    FeedCommit next = capture();
    assertThat(next.gap(), is(nullValue()));
    assertThat(next.records(), is((long) table.changes() - before));
  }

  @Test
  void aShardThatForgetsAgainAndAgainFailsTheRun() throws IOException {
    table.change(9);
    FeedCommit last = capture();
    table.change(9);
    table.setFaults("GetRecords:" + TRIMMED + ":1");
    CaptureTask task = table.task();
    assertThat(
        assertThrows(RuntimeException.class, () -> table.run(task)).getMessage(),
        containsString("has forgotten records that were not read yet"));
    assertThat(table.commits().latest().orElseThrow(), is(last));
  }

  @Test
  void ofAShardThatIsGoneNothingBeforeTheRunIsCertain() throws IOException {
    table.change(9);
    table.clock().move(Duration.ofHours(1));
    table.failNextReads(2, GONE);
    CaptureTask task = table.task();
    table.clock().move(Duration.ofHours(2));
    FeedCommit first = table.run(task).commit();
    assertThat(first.gap(), containsString("was forgotten before it was read to its end"));
    assertThat(drained(first), everyItem(is(true)));
    assertThat(first.completeFrom(), is(task.stream().time()));
  }

  @Test
  void whatADayTookToFindIsGoneToo() throws IOException {
    table.failNextReads(2, GONE);
    CaptureTask task = table.task();
    table.clock().move(Duration.ofHours(30));
    FeedCommit first = table.run(task).commit();
    Duration after = Duration.between(task.stream().time(), first.completeFrom());
    assertThat(after.toHours(), is(6L));
  }

  /**
   * A run reads what was there when it began, and no more, however late. The shard has had no
   * records yet, after the last of which the service would miss some.
   */
  @Test
  void recordsCountFromTheBeginningOfTheLastRun() throws IOException {
    CaptureTask slow = table.task();
    table.clock().move(Duration.ofHours(10));
    FeedCommit last = table.run(slow).commit();
    assertThat(last.gap(), is(nullValue()));
    table.clock().move(Duration.ofHours(13));
    CaptureTask next = table.task();
    assertThat(next.gap(), is(nullValue()));
    table.clock().move(Duration.ofHours(2));
    assertThat(
        table.run(next).commit().gap(),
        startsWith("the shard " + last.shards().get(0).shard() + " may have records since "));
  }
}
