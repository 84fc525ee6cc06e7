/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.change.record.Change;
import io.sluice.item.ItemKey;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The last change of a key against a model, with clocks that differ. */
class LastChangePropertyTest {
  private static final ItemKey KEY = ItemKey.ofBytes(new byte[] {1});
  private static final long START = Instant.parse("2026-01-31T23:26:00Z").toEpochMilli();

  private static Change change(int sequence, long millis) {
    return Change.of(
        KEY,
        BigInteger.valueOf(sequence),
        millis,
        sequence % 3 == 0 ? null : new byte[] {(byte) sequence});
  }

  /** The longest prefix, in the order of the sequence numbers, that is not later. */
  private static Optional<Change> model(List<Change> inOrder, PointInTime asOf) {
    Change last = null;
    for (Change change : inOrder) {
      if (change.millis() >= asOf.instant().toEpochMilli() + 1000) {
        break;
      }
      last = change;
    }
    return Optional.ofNullable(last);
  }

  /** Some dozens a second, or one in minutes. */
  @Property(tries = 2000)
  void itIsThatOfTheModel(
      @ForAll long seed,
      @ForAll @IntRange(max = 60) int count,
      @ForAll @IntRange(min = 1, max = 100_000) int spread,
      @ForAll @IntRange(max = 59) int skewSeconds) {
    Random random = new Random(seed);
    List<Change> inOrder = new ArrayList<>();
    long millis = START;
    for (int i = 1; i <= count; i++) {
      millis += random.nextInt(spread);
      long read = millis + random.nextInt(skewSeconds * 1000 + 1);
      inOrder.add(change(i, read / 1000 * 1000));
    }
    long whole = START / 1000 + random.nextInt((int) ((millis - START) / 1000) + 2);
    PointInTime asOf = new PointInTime(Instant.ofEpochSecond(whole));
    assertThat(merged(inOrder, asOf, random), is(model(inOrder, asOf).map(Change::sequence)));
  }

  /** In any order, some of them twice, and by way of several accumulators. */
  private static Optional<BigInteger> merged(List<Change> all, PointInTime asOf, Random random) {
    List<Change> some = new ArrayList<>(all);
    all.stream().filter(change -> random.nextInt(4) == 0).forEach(some::add);
    Collections.shuffle(some, random);
    LastChange whole = new LastChange(asOf);
    LastChange part = new LastChange(asOf);
    for (Change change : some) {
      part.add(change);
      if (random.nextInt(5) == 0) {
        part.forEach(whole::add);
        part = new LastChange(asOf);
      }
    }
    part.forEach(whole::add);
    return whole.get().map(Change::sequence);
  }

  @Test
  void clocksThatDifferByMoreAreFound() {
    PointInTime asOf = new PointInTime(Instant.ofEpochMilli(START));
    Change later = change(1, START + 5_000);
    Change longAgo = change(2, START - 2 * PointInTime.SKEW_MILLIS);
    for (List<Change> order : List.of(List.of(later, longAgo), List.of(longAgo, later))) {
      assertThrows(
          IllegalStateException.class,
          () -> {
            LastChange last = new LastChange(asOf);
            order.forEach(last::add);
            last.get();
          });
    }
  }

  /** A stream has none, but the files of a feed may have been changed. */
  @Test
  void aTieIsFoundAndDoesNotDependOnTheOrder() {
    for (long millis : List.of(START - 2 * PointInTime.SKEW_MILLIS, START)) {
      Change put = change(1, millis);
      Change delete = Change.of(KEY, put.sequence(), millis, null);
      for (List<Change> order : List.of(List.of(put, delete), List.of(delete, put, delete))) {
        LastChange tied = twice(order);
        assertThat(tied.isTied(), is(true));
        assertThat(tied.get().map(Change::kind), is(Optional.of(Change.Kind.PUT)));
        tied.add(change(2, millis));
        assertThat(tied.isTied(), is(false));
      }
      assertThat("a copy", twice(List.of(put, change(1, millis))).isTied(), is(false));
    }
  }

  /** By way of another, as changes of a file are. */
  private static LastChange twice(List<Change> changes) {
    PointInTime asOf = new PointInTime(Instant.ofEpochMilli(START));
    LastChange part = new LastChange(asOf);
    changes.forEach(part::add);
    LastChange whole = new LastChange(asOf);
    part.forEach(whole::add);
    return whole;
  }
}
