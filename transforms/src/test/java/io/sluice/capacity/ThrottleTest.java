/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThrottleTest {
  private static final long SECOND = 1_000_000_000;
  private static final long MILLI = 1_000_000;
  private static final String INDEX = "by-zone";

  private long now;
  private final Throttle throttle = new Throttle(() -> now);

  private static Map<String, Double> table(double units) {
    return Map.of(Throttle.TABLE, units);
  }

  private Throttle.Grant granted(double estimate) {
    Throttle.Grant grant = throttle.tryAcquire(estimate);
    assertThat("granted", grant.granted(), is(true));
    assertThat(grant.waitNanos(), is(0L));
    return grant;
  }

  private void waits(long nanos) {
    Throttle.Grant grant = throttle.tryAcquire(1);
    assertThat("granted", grant.granted(), is(false));
    assertThat((double) grant.waitNanos(), closeTo((double) nanos, 2));
    assertThrows(IllegalStateException.class, grant::throttled);
  }

  @Test
  void grantsNothingUntilItIsAllowed() {
    now = 10 * SECOND;
    waits(SECOND);
    throttle.allow(table(100));
    waits(MILLI / 10);
    now += 1;
    granted(1);
  }

  @Test
  void grantsNothingAfterTheTimeUntilWhichItIsAllowed() {
    throttle.allow(table(100), OptionalLong.of(2 * SECOND));
    now = 2 * SECOND - 1;
    granted(1);
    now = 2 * SECOND;
    waits(SECOND);
    throttle.allow(table(100), OptionalLong.of(3 * SECOND));
    granted(1);
    throttle.allow(table(100));
    now = 10 * SECOND;
    granted(1);
  }

  @Test
  void waitsUntilDebtIsPaid() {
    throttle.allow(table(100));
    now = SECOND;
    granted(150);
    waits(SECOND / 2);
    now += SECOND / 2 + 1;
    granted(10_000);
    waits(SECOND);
  }

  @Test
  void settlesByWhatItTook() {
    throttle.allow(table(100));
    now = SECOND;
    Throttle.Grant low = granted(150);
    low.settle(table(190));
    waits(9 * SECOND / 10);
    assertThrows(IllegalStateException.class, low::outcomeUnknown);
    now += 9 * SECOND / 10 + 1;
    assertThat("190 ÷ 150", chargeOf(15), closeTo(19, 1e-6));
  }

  /** Returns the charge for a request now, measured by the wait for it and then undone. */
  private double chargeOf(double estimate) {
    throttle.allow(table(100));
    Throttle.Grant grant = granted(estimate);
    double seconds = throttle.tryAcquire(1).waitNanos() / 1e9;
    grant.tookNothing();
    return seconds * 100;
  }

  @Test
  void givesBackWhatTookNothingAtOnceAndNotWhatIsUnknown() {
    throttle.allow(table(100));
    now = SECOND;
    granted(150).tookNothing();
    granted(150).outcomeUnknown();
    waits(SECOND / 2);
    assertThat(throttle.usage(), is(new Throttle.Usage(100, 0, 0, 2, 0, 1)));
  }

  @Test
  void givesBackWhatWasRefusedWhenTheWindowCloses() {
    throttle.allow(table(100));
    now = SECOND;
    granted(150).throttled();
    waits(SECOND / 2);
    now += SECOND;
    assertThat("all was refused", throttle.usage().factor(), is(0.5));
    waits(MILLI / 10);
    now += 1;
    granted(25);
    waits(SECOND / 2);
  }

  @Test
  void whatWasRefusedPaysDebtOnly() {
    throttle.allow(table(100));
    now = SECOND;
    granted(300).settle(table(297), 3);
    waits(SECOND);
    now += SECOND;
    assertThat(throttle.usage().factor(), is(1.0));
    waits(SECOND - 3 * SECOND / 100);
  }

  @Test
  void aFewRefusalsSlowNothingDown() {
    throttle.allow(table(100));
    now = SECOND;
    granted(100).settle(table(98), 2);
    now += SECOND;
    assertThat(throttle.usage(), is(new Throttle.Usage(100, 98, 98, 1, 1, 1)));
    granted(150);
    waits(SECOND / 2);
    now += SECOND / 2 + 1;
    granted(1);
  }

  @Test
  void aHotPartitionSlowsNothingDown() {
    throttle.allow(table(100));
    now = SECOND;
    granted(150).refusedByPartition();
    granted(150).settleBesidePartition(table(50), 100);
    granted(10).settle(table(10));
    now += SECOND;
    assertThat(throttle.usage(), is(new Throttle.Usage(100, 60, 60, 3, 2, 1)));
  }

  @Test
  void windowsWithoutAnswersSayNothing() {
    throttle.allow(table(100));
    now = SECOND;
    granted(1).throttled();
    now += SECOND;
    assertThat(throttle.usage().factor(), is(0.5));
    now += 3600 * SECOND;
    assertThat(throttle.usage().factor(), is(0.5));
    granted(1).settle(table(1));
    now += SECOND - 1;
    assertThat(throttle.usage().factor(), is(0.5));
    now += 1;
    assertThat(throttle.usage().factor(), is(0.55));
  }

  @Test
  void neverSlowerThanATenth() {
    throttle.allow(table(100));
    for (int i = 0; i < 10; i++) {
      now += SECOND;
      granted(1).throttled();
      now += SECOND;
      throttle.usage();
    }
    assertThat(throttle.usage().factor(), is(0.1));
  }

  @Test
  void everyLaneIsWaitedFor() {
    throttle.allow(Map.of(Throttle.TABLE, 100.0, INDEX, 10.0));
    now = SECOND;
    Throttle.Grant grant = granted(12);
    waits(SECOND / 5);
    grant.settle(Map.of(Throttle.TABLE, 12.0, INDEX, 3.0, "not known here", 5.0));
    assertThat(throttle.usage(), is(new Throttle.Usage(100, 20, 12, 1, 0, 1)));
    granted(28);
    // 7 are left in the index, which takes a quarter; 60 in the table.
    waits(MILLI / 10);
  }

  @Test
  void lanesAreAddedAndRemoved() {
    throttle.allow(Map.of(Throttle.TABLE, 100.0, INDEX, 1.0));
    now = SECOND;
    Throttle.Grant grant = granted(50);
    waits(SECOND);
    throttle.allow(table(200));
    granted(100);
    waits(SECOND / 4);
    grant.settle(Map.of(Throttle.TABLE, 0.0, INDEX, 50.0));
    waits(MILLI / 10);
    throttle.allow(Map.of(Throttle.TABLE, 200.0, "new", 2.0));
    now += 1;
    granted(4);
    now += SECOND;
    waits(SECOND);
  }

  @Test
  void allowedNothing() {
    throttle.allow(table(0));
    now = 100 * SECOND;
    waits(SECOND);
    throttle.allow(table(10));
    now += 1;
    granted(1);
  }

  @Test
  void aSteadyOneSavesUpNextToNothing() {
    Throttle steady = Throttle.steady(() -> now);
    assertThat("asks again soon", steady.tryAcquire(1).waitNanos(), is(SECOND / 20));
    steady.allow(table(100));
    now = 10 * SECOND;
    assertThat("5 units", steady.tryAcquire(7).granted(), is(true));
    assertThat((double) steady.tryAcquire(1).waitNanos(), closeTo(SECOND / 50.0, 2));
    assertThat(steady.waits(), is(2L));
  }

  @Test
  void tellsTheUsedPartOfTheFullestLane() {
    Throttle steady = Throttle.steady(() -> now);
    assertThat("nothing is allowed", steady.takeUsed(), is(0.0));
    steady.allow(Map.of(Throttle.TABLE, 1000.0, INDEX, 100.0));
    now = SECOND;
    assertThat(steady.takeUsed(), closeTo(0.05, 1e-9));
    steady.tryAcquire(100).settle(Map.of(Throttle.TABLE, 100.0, INDEX, 100.0));
    now = 2 * SECOND;
    assertThat("of the index", steady.takeUsed(), is(1.0));
    now = 3 * SECOND;
    assertThat(steady.takeUsed(), is(0.0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void invalidEstimatesAreRefused(double estimate) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> throttle.tryAcquire(estimate));
    assertThat(e.getMessage(), containsString("estimate " + estimate));
  }

  @Test
  void invalidUnitsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> throttle.allow(Map.of(INDEX, 1.0)));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> throttle.allow(table(-1)));
    assertThat(e.getMessage(), containsString("-1.0"));
  }
}
