/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void startsEmpty() {
    TokenBucket bucket = new TokenBucket(100, 5, 0);
    assertThat(bucket.nanosUntilPositive(0), is(1L));
    assertThat(bucket.nanosUntilPositive(1), is(0L));
  }

  @Test
  void goesIntoDebtAndPaysItBack() {
    TokenBucket bucket = new TokenBucket(100, 5, 0);
    bucket.take(150, SECOND);
    assertThat(bucket.nanosUntilPositive(SECOND), is(SECOND / 2));
    bucket.give(50, SECOND);
    assertThat(bucket.nanosUntilPositive(SECOND + 1), is(0L));
  }

  @Test
  void savesUpNoMoreThanTheBurst() {
    TokenBucket bucket = new TokenBucket(100, 5, 0);
    bucket.give(10_000, 0);
    bucket.take(600, 3600 * SECOND);
    assertThat(bucket.nanosUntilPositive(3600 * SECOND), is(SECOND));
  }

  @Test
  void anotherRateFromNowOn() {
    TokenBucket bucket = new TokenBucket(100, 5, 0);
    bucket.setRate(10, SECOND);
    bucket.take(51, SECOND);
    assertThat(
        "100 saved, of which a burst of 50 stays",
        bucket.nanosUntilPositive(SECOND),
        is(SECOND / 10));
  }

  @Test
  void clearsSavingsButNotDebt() {
    TokenBucket bucket = new TokenBucket(100, 5, 0);
    bucket.clearSavings(SECOND);
    assertThat(bucket.nanosUntilPositive(SECOND), is(1L));
    bucket.take(100, SECOND);
    bucket.clearSavings(SECOND);
    assertThat(bucket.nanosUntilPositive(SECOND), is(SECOND));
  }

  @Test
  void repaysDebtWithoutSavingUp() {
    TokenBucket bucket = new TokenBucket(100, 5, 0);
    bucket.take(50, 0);
    bucket.repay(20, 0);
    assertThat(bucket.nanosUntilPositive(0), is(3 * SECOND / 10));
    bucket.repay(1000, 0);
    assertThat(bucket.nanosUntilPositive(0), is(1L));
    bucket.repay(1000, SECOND);
    bucket.take(200, SECOND);
    assertThat(bucket.nanosUntilPositive(SECOND), is(SECOND));
  }

  @Test
  void nothingFlowsInWithoutARate() {
    TokenBucket bucket = new TokenBucket(0, 5, 0);
    assertThat(bucket.nanosUntilPositive(SECOND), is(Long.MAX_VALUE));
    bucket.take(1, SECOND);
    assertThat(bucket.nanosUntilPositive(2 * SECOND), is(Long.MAX_VALUE));
  }

  @Test
  void theClockMayStartAnywhere() {
    TokenBucket bucket = new TokenBucket(100, 5, Long.MAX_VALUE);
    bucket.take(150, Long.MAX_VALUE + SECOND);
    assertThat(bucket.nanosUntilPositive(Long.MAX_VALUE + SECOND), is(SECOND / 2));
  }

  @Test
  void tellsThePartThatWasNotLost() {
    TokenBucket bucket = new TokenBucket(100, 0.5, 0);
    bucket.take(1, 0);
    assertThat("nothing flowed in", bucket.takeUsed(0), is(1.0));
    assertThat("50 of 100 have room, and 1 paid the debt", bucket.takeUsed(SECOND), is(0.51));
    bucket.take(150, SECOND);
    assertThat("all pays the debt", bucket.takeUsed(2 * SECOND), is(1.0));
    bucket.give(500, 2 * SECOND);
    assertThat("more was given back", bucket.takeUsed(3 * SECOND), is(0.0));
    bucket.setRate(0, 3 * SECOND);
    assertThat(bucket.takeUsed(4 * SECOND), is(1.0));
  }

  @Property(tries = 200)
  void whatIsTakenIsWhatFlowedIn(
      @ForAll @DoubleRange(min = 0.5, max = 1e6) double rate,
      @ForAll @Size(min = 1, max = 300)
          List<@IntRange(min = 1, max = 2_000_000_000) Integer> pauses) {
    TokenBucket bucket = new TokenBucket(rate, 5, 0);
    long now = 0;
    double taken = 0;
    double last = 0;
    for (int pause : pauses) {
      now += pause;
      long wait = bucket.nanosUntilPositive(now);
      if (wait > 0) {
        now += wait;
      }
      if (bucket.nanosUntilPositive(now) == 0) {
        last = rate * (pause % 7);
        bucket.take(last, now);
        taken += last;
      }
    }
    double flowed = rate * now / SECOND;
    assertThat(taken - last, lessThanOrEqualTo(flowed * (1 + 1e-9)));
  }
}
