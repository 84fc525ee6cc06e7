/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.change.record.Change;
import io.sluice.item.ItemKey;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;

/** The last state of a key in windows of time, some of which overlap. */
class LastStateTest {
  private static final ItemKey KEY = ItemKey.ofBytes(new byte[] {1});
  private static final Instant START = Instant.parse("2026-01-31T23:26:00.678Z");

  private static final ExportWindow FIRST = window("first", 0, 20);
  private static final ExportWindow SECOND = window("second", 20, 40);
  private static final ExportWindow OVERLAPPING = window("overlapping", 30, 60);

  private static Instant minute(int minute) {
    return START.plusSeconds(60L * minute);
  }

  private static ExportWindow window(String name, int from, int to) {
    return new ExportWindow(name + "/", minute(from), minute(to));
  }

  /** A record of an export: what the item is after a write at this minute. */
  private record Written(ExportWindow window, int at, @Nullable Integer item) {

    Change in(WindowOrder order) {
      long millis = minute(at).toEpochMilli();
      byte[] bytes = item == null ? null : new byte[] {item.byteValue()};
      Change change = Change.of(KEY, BigInteger.valueOf(millis * 1000), millis, bytes);
      return WindowOrder.place(change, order.rank(window));
    }
  }

  /** Whatever the order in which the records are seen. */
  private static LastState after(Written... records) {
    WindowOrder order = WindowOrder.of(List.of(OVERLAPPING, FIRST, SECOND));
    List<Written> all = new ArrayList<>(List.of(records));
    LastState state = null;
    for (int seed = 0; seed < 10; seed++) {
      Collections.shuffle(all, new Random(seed));
      LastState other = new LastState(order);
      all.forEach(record -> other.add(record.in(order)));
      if (state != null) {
        assertThat(item(other), is(item(state)));
        assertThat(other.isTied(), is(state.isTied()));
      }
      state = other;
    }
    return state;
  }

  /** The item; empty when it is gone. */
  private static Optional<Integer> item(LastState state) {
    Change last = state.last().orElseThrow();
    return last.kind() == Change.Kind.DELETE ? Optional.empty() : Optional.of((int) last.item()[0]);
  }

  @Test
  void itIsThatOfTheWindowWhichEndsLast() {
    assertThat(
        item(after(new Written(FIRST, 3, 1), new Written(SECOND, 25, 2))), is(Optional.of(2)));
    assertThat(
        item(
            after(
                new Written(SECOND, 35, 1),
                new Written(OVERLAPPING, 50, 3),
                new Written(FIRST, 3, 7))),
        is(Optional.of(3)));
    assertThat(
        item(after(new Written(FIRST, 3, 1), new Written(SECOND, 25, null))), is(Optional.empty()));
  }

  @Test
  void anItemOfWhichALaterWindowWithItsTimeHasNoRecordIsGone() {
    assertThat(item(after(new Written(SECOND, 30, 1))), is(Optional.empty()));
    assertThat(item(after(new Written(SECOND, 39, 1))), is(Optional.empty()));
    assertThat("written before it", item(after(new Written(SECOND, 29, 1))), is(Optional.of(1)));
    assertThat(
        item(after(new Written(SECOND, 35, 1), new Written(OVERLAPPING, 35, 1))),
        is(Optional.of(1)));
    assertThat(
        "a time outside of its window", item(after(new Written(FIRST, 33, 1))), is(Optional.of(1)));
  }

  @Test
  void aTieIsOfTheSameWindowAndTime() {
    LastState tied =
        after(new Written(FIRST, 3, 1), new Written(FIRST, 3, null), new Written(FIRST, 3, 2));
    assertThat(tied.isTied(), is(true));
    assertThat(item(tied), is(Optional.of(2)));
    assertThat(
        "a copy", after(new Written(FIRST, 3, 1), new Written(FIRST, 3, 1)).isTied(), is(false));
    assertThat(
        "a later one",
        after(new Written(FIRST, 3, 1), new Written(FIRST, 3, 2), new Written(FIRST, 4, 1))
            .isTied(),
        is(false));
  }
}
