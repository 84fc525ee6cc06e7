/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.stream;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.ShardPosition;
import io.sluice.change.stream.StreamState.ListedShard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each kind of gap, and what is none. */
class StreamGapTest {
  private static final Instant LAST = Instant.parse("2026-01-31T23:26:00Z");
  private static final Instant HOURS_LATER = LAST.plus(Duration.ofHours(23));

  private static FeedCommit commit(ShardPosition... shards) {
    return new FeedCommit(
        7,
        "run",
        "trips",
        "arn:1",
        "NEW_IMAGE",
        LAST,
        LAST,
        LAST,
        0,
        null,
        List.of(),
        List.of(shards));
  }

  private static ShardPosition open(String shard) {
    return new ShardPosition(shard, null, "100", false, LAST);
  }

  private static ShardPosition drained(String shard) {
    return new ShardPosition(shard, null, "100", true, LAST);
  }

  private static StreamState stream(Instant time, ListedShard... shards) {
    return new StreamState("arn:1", "NEW_IMAGE", LAST.minusSeconds(60), List.of(shards), time);
  }

  private static Optional<String> gap(FeedCommit last, StreamState now) {
    return StreamGap.find(last, now);
  }

  @Test
  void childrenOfKnownAndOfListedShardsAreNone() {
    StreamState now =
        stream(
            HOURS_LATER,
            new ListedShard("a", null),
            new ListedShard("b", "a"),
            new ListedShard("c", "b"),
            new ListedShard("e", "d"));
    assertThat(gap(commit(open("a"), drained("d")), now), is(Optional.empty()));
  }

  @Test
  void aDrainedShardMayBeForgotten() {
    assertThat(gap(commit(drained("a")), stream(HOURS_LATER)), is(Optional.empty()));
  }

  @Test
  void anotherStream() {
    StreamState other = new StreamState("arn:2", "NEW_IMAGE", LAST, List.of(), LAST);
    assertThat(gap(commit(), other).orElseThrow(), startsWith("the table has another stream"));
  }

  @Test
  void aShardThatIsGone() {
    assertThat(
        gap(commit(open("a")), stream(HOURS_LATER, new ListedShard("b", "a"))).orElseThrow(),
        startsWith("the shard a was forgotten before"));
  }

  /** What a run has read late is not what it has left: it reads up to its beginning. */
  @Test
  void aRunThatBeganTooLongAgo() {
    ShardPosition readLate =
        new ShardPosition("a", null, "100", false, LAST.plus(Duration.ofHours(10)));
    ListedShard same = new ListedShard("a", null);
    Instant day = LAST.plus(StreamGap.RETENTION);
    assertThat(gap(commit(readLate), stream(day, same)), is(Optional.empty()));
    assertThat(
        gap(commit(readLate), stream(day.plusSeconds(1), same)).orElseThrow(),
        is("the last run began at 2026-01-31T23:26:00Z, and records are kept for 24 hours"));
    assertThat(
        "it was listed then and not read",
        gap(commit(ShardPosition.unread("a", null)), stream(day.plusSeconds(1), same)).isPresent(),
        is(true));
  }

  /** It was closed at any time of the run, and another has had its keys since. */
  @Test
  void aShardThatWasReadToItsEndLate() {
    ShardPosition readLate =
        new ShardPosition("a", null, "100", true, LAST.plus(Duration.ofHours(10)));
    ListedShard child = new ListedShard("b", "a");
    Instant day = LAST.plus(StreamGap.RETENTION);
    assertThat(gap(commit(readLate), stream(day, child)), is(Optional.empty()));
    assertThat(gap(commit(readLate), stream(day.plusSeconds(1), child)).isPresent(), is(true));
  }

  @Test
  void aParentThatWasNeverSeen() {
    assertThat(
        gap(commit(drained("a")), stream(HOURS_LATER, new ListedShard("c", "b"))).orElseThrow(),
        startsWith("the shard b, whose place c took"));
  }

  @Test
  void aShardWhosePlaceAnotherTookAtOnce() {
    FeedCommit last = commit(drained("a"));
    ListedShard[] shards = {new ListedShard("b", "a"), new ListedShard("c", "b")};
    Instant day = LAST.plus(StreamGap.RETENTION);
    assertThat(gap(last, stream(day, shards)), is(Optional.empty()));
    assertThat(gap(last, stream(day.plusSeconds(1), shards)).isPresent(), is(true));
  }
}
