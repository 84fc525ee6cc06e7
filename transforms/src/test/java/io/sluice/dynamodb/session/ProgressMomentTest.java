/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.session;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.capacity.Throttle;
import org.junit.jupiter.api.Test;

class ProgressMomentTest {

  private static Progress.Moment moment(long seconds, long done, long deleted) {
    return new Progress.Moment(
        Progress.Kind.WRITE,
        "trips",
        seconds * 1_000_000_000,
        done,
        deleted,
        0,
        6000,
        new Throttle.Usage(5000, done, done, done, 0, 1),
        0,
        8,
        "");
  }

  @Test
  void deletesAreAmongTheItemsAndByThemselves() {
    assertThat(
        moment(2, 4000, 1500).since(moment(1, 1000, 10)),
        is(
            "trips: 4,000 of 6,000 items written, 3,000/s, 3,000 of 5,000 units/s, 8 in flight,"
                + " 0 requests throttled, 1,500 of the items deleted, 0 items rejected"));
  }

  @Test
  void withoutDeletesTheLineHasNone() {
    assertThat(
        moment(2, 4000, 0).since(moment(1, 1000, 0)),
        is(
            "trips: 4,000 of 6,000 items written, 3,000/s, 3,000 of 5,000 units/s, 8 in flight,"
                + " 0 requests throttled, 0 items rejected"));
  }
}
