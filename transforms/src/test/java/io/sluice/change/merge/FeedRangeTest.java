/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.change.feed.DeltaFile;
import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.change.feed.FeedFolder;
import io.sluice.change.feed.ShardPosition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files of a feed have the changes between two times, and when it does not have them. */
class FeedRangeTest {
  private static final Instant START = Instant.parse("2026-01-31T00:00:00Z");

  @TempDir Path folder;
  private FeedFolder feed;

  @BeforeEach
  void feed() {
    feed = new FeedFolder(folder.toString(), "trips");
  }

  private static Instant minute(long minute) {
    return START.plusSeconds(60 * minute);
  }

  /** A run that had begun at this minute, and read for two more. */
  private void commit(long number, long minute, long completeFrom, @Nullable String gap)
      throws IOException {
    DeltaFile file =
        new DeltaFile(
            "change_hour=2026-01-31T00/" + number + ".json.gz",
            1,
            9,
            "md5",
            "a",
            minute(minute - 9),
            minute(minute + 2));
    FeedCommits.of(feed)
        .add(
            new FeedCommit(
                number,
                "run",
                "trips",
                "arn:1",
                "NEW_IMAGE",
                minute(minute),
                minute(completeFrom),
                minute(minute),
                0,
                gap,
                List.of(file),
                List.of(new ShardPosition("a", null, "1", false, minute(minute + 2)))));
  }

  private List<Integer> files(long from, long asOf) throws IOException {
    return FeedRange.of(feed, minute(from), new PointInTime(minute(asOf).minusSeconds(1)))
        .files()
        .stream()
        .map(file -> Integer.parseInt(file.name().replaceAll(".*/([0-9]+)[.].*", "$1")))
        .sorted()
        .toList();
  }

  private String refusal(long from, long asOf) {
    return assertThrows(IllegalArgumentException.class, () -> files(from, asOf)).getMessage();
  }

  @Test
  void onlyThoseOfTheTime() throws IOException {
    for (int number = 1; number <= 6; number++) {
      commit(number, 10 * number, 0, null);
    }
    assertThat(files(21, 40), is(List.of(2, 3, 4, 5)));
    assertThat("its run had read until 22", files(22, 40), is(List.of(2, 3, 4, 5)));
    assertThat(files(24, 40), is(List.of(3, 4, 5)));
    assertThat(files(1, 60), is(List.of(1, 2, 3, 4, 5, 6)));
    assertThat(refusal(24, 61), startsWith("the feed is complete through 2026-01-31T01:00:00Z"));
    assertThat(
        refusal(0, 60), startsWith("the feed is complete from 2026-01-31T00:00:00Z, and changes"));
  }

  @Test
  void notOverAGap() throws IOException {
    commit(1, 10, 0, null);
    commit(2, 20, 19, "a shard was forgotten");
    commit(3, 30, 19, null);
    assertThat(files(21, 30), is(List.of(2, 3)));
    assertThat(
        refusal(12, 30),
        startsWith("the feed is complete from 2026-01-31T00:19:00Z (a shard was forgotten)"));
  }

  @Test
  void notByDifferences() throws IOException {
    FeedCommits.of(feed)
        .add(
            new FeedCommit(
                1,
                "run",
                "trips",
                FeedCommit.differencesOf("trips"),
                "NEW_AND_OLD_IMAGES",
                START,
                START,
                minute(60),
                0,
                null,
                List.of(),
                List.of()));
    assertThat(
        refusal(10, 30),
        startsWith(feed.path() + " has differences of snapshots, which do not say when"));
  }

  @Test
  void notWithoutAFeed() {
    assertThat(refusal(1, 2), startsWith(feed.path() + " has no commit"));
  }
}
