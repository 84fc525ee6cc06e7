/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

/** When a heap counts as thrashing. */
class ThrashingTest {
  private static final long HEAP = 1_000;

  /**
   * Adds collections of this length and use, with the program running between them; returns when
   * the heap thrashes.
   */
  private static long firstAfter(long pause, long running, long used, int times) {
    Thrashing thrashing = new Thrashing(HEAP);
    long now = 5;
    for (int i = 0; i < times; i++) {
      if (thrashing.after(now, now + pause, used)) {
        return now + pause;
      }
      now += pause + running;
    }
    return -1;
  }

  @Test
  void aFullHeapThatIsCollectedAllTheTimeThrashesAfterTenSeconds() {
    assertThat(firstAfter(200, 10, 980, 1_000), is(5L + 48 * 210 - 10));
    assertThat("one long one", firstAfter(11_000, 10, 980, 1), is(11_005L));
  }

  @Test
  void aTightHeapDoesNot() {
    assertThat("room behind each", firstAfter(200, 10, 940, 1_000), is(-1L));
    assertThat("time between them", firstAfter(200, 60, 980, 1_000), is(-1L));
    assertThat("not for long", firstAfter(200, 10, 980, 47), is(-1L));
  }

  @Test
  void roomBehindOneCollectionBeginsAnew() {
    Thrashing thrashing = new Thrashing(HEAP);
    assertThat(thrashing.after(0, 9_000, 990), is(false));
    assertThat(thrashing.after(9_010, 9_500, 500), is(false));
    assertThat(thrashing.after(9_510, 19_000, 990), is(false));
    assertThat(thrashing.after(19_010, 19_600, 990), is(true));
  }

  @Test
  void aHeapThatBeginsToThrashWithinAWindowIsFoundByTheNext() {
    Thrashing thrashing = new Thrashing(HEAP);
    assertThat("full and at rest", thrashing.after(0, 0, 980), is(false));
    long start = 5_000;
    while (!thrashing.after(start, start + 200, 980)) {
      start += 210;
    }
    assertThat(start + 200, is(20_110L));
  }

  @Test
  void whatIsLongAgoDoesNotCount() {
    Thrashing thrashing = new Thrashing(HEAP);
    assertThat(thrashing.after(0, 9_500, 990), is(false));
    assertThat("an hour of work", thrashing.after(3_600_000, 3_600_100, 990), is(false));
    assertThat(thrashing.after(3_600_200, 3_605_000, 990), is(false));
  }
}
