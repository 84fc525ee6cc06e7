/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.throttle;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class TokenBucketTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void startsWithASecond() {
    assertThat(new TokenBucket(10, 300, 1, 0).units(0), is(10.0));
  }

  @Test
  void savesUpToItsBurst() {
    TokenBucket bucket = new TokenBucket(10, 300, 1, 0);
    assertThat(bucket.units(100 * SECOND), is(1010.0));
    assertThat(bucket.units(1000 * SECOND), is(3000.0));
  }

  @Test
  void goesIntoDebtAndPaysItBack() {
    TokenBucket bucket = new TokenBucket(10, 300, 1, 0);
    bucket.take(45);
    assertThat(bucket.units(0), is(-35.0));
    assertThat(bucket.hasUnits(3 * SECOND + SECOND / 2), is(false));
    assertThat(bucket.hasUnits(3 * SECOND + SECOND / 2 + SECOND / 10), is(true));
  }

  @Test
  void keepsWhatWasSavedWhenTheRateChanges() {
    TokenBucket bucket = new TokenBucket(10, 300, 1, 0);
    bucket.change(100, 300, 9 * SECOND);
    assertThat(bucket.units(9 * SECOND), is(100.0));
    assertThat(bucket.units(10 * SECOND), is(200.0));
    bucket.change(0.5, 300, 10 * SECOND);
    assertThat(bucket.units(10 * SECOND), is(150.0));
  }

  @Test
  void hasNoLimitUntilItGetsOne() {
    TokenBucket bucket = new TokenBucket(Double.POSITIVE_INFINITY, 300, 1, 0);
    bucket.take(1e12);
    assertThat(bucket.hasUnits(0), is(true));
    bucket.change(10, 300, 0);
    assertThat(bucket.units(0), is(10.0));
    bucket.change(Double.POSITIVE_INFINITY, 300, 0);
    bucket.take(1e12);
    assertThat(bucket.hasUnits(0), is(true));
  }
}
