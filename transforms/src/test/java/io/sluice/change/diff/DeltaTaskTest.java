/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.diff;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedFolder;
import java.time.Instant;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;

/** Which differences may follow which in a feed. */
class DeltaTaskTest {
  private static final FeedFolder FEED = new FeedFolder("/lake", "trips");
  private static final Instant DAY = Instant.parse("2026-01-31T00:00:00Z");

  private static Instant hour(int hour) {
    return DAY.plusSeconds(3600L * hour);
  }

  private static DeltaTask after(@Nullable FeedCommit last, int from, int to) {
    DeltaStamp stamp = new DeltaStamp(FeedCommit.differencesOf("trips"), ModelTable.KEY, hour(to));
    return DeltaTask.after(last, FEED, "run", stamp, hour(from), hour(99));
  }

  private static String refusal(FeedCommit last, int from, int to) {
    return assertThrows(IllegalArgumentException.class, () -> after(last, from, to)).getMessage();
  }

  @Test
  void oneFollowsTheOther() {
    FeedCommit first = after(null, 1, 2).commit(List.of());
    assertThat(first.number(), is(1L));
    assertThat(first.completeFrom(), is(hour(1)));
    assertThat(first.completeThrough(), is(hour(2)));
    assertThat(first.isOfDifferences(), is(true));
    FeedCommit second = after(first, 2, 5).commit(List.of());
    assertThat(second.number(), is(2L));
    assertThat(second.completeFrom(), is(hour(1)));
    assertThat(second.completeThrough(), is(hour(5)));
  }

  @Test
  void backwardsOnlyByItself() {
    FeedCommit undo = after(null, 5, 2).commit(List.of());
    assertThat(undo.completeFrom(), is(hour(2)));
    assertThat(undo.completeThrough(), is(hour(2)));
    assertThat(refusal(after(null, 1, 5).commit(List.of()), 5, 2), containsString("up to"));
  }

  @Test
  void othersAreRefused() {
    FeedCommit first = after(null, 1, 2).commit(List.of());
    assertThat(
        refusal(first, 1, 2),
        is(
            "/lake/changes_trips/ has the differences up to 2026-01-31T02:00:00Z already, in commit 1"));
    assertThat(
        refusal(first, 3, 4),
        containsString("has differences up to 2026-01-31T02:00:00Z, and can go on only with"));
    FeedCommit captured =
        new FeedCommit(
            1, "run", "trips", "arn:1", "NEW_IMAGE", DAY, DAY, DAY, 0, null, List.of(), List.of());
    assertThat(
        refusal(captured, 0, 4),
        is("/lake/changes_trips/ has changes from arn:1: differences need another folder"));
  }
}
