/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class NeedGaugeTest {
  private final NeedGauge gauge = new NeedGauge();

  @Test
  void whoWaitedAndUsedAllCouldUseMore() {
    assertThat(gauge.next(0.5, 0.98, true), is(MemberState.ALL));
    assertThat("has nothing to use", gauge.next(0, 1, true), is(MemberState.ALL));
    assertThat("nothing waited", gauge.next(0.5, 1, false), is(530_000));
    assertThat("nor wants anything", new NeedGauge().next(0, 1, false), is(0));
    assertThat(new NeedGauge().next(1, 1, false), is(MemberState.WHOLE));
  }

  @Test
  void whoDidNotUseAllNeedsALittleMoreThanItUsed() {
    assertThat(gauge.next(0.5, 0.5, true), is(265_000));
  }

  @Test
  void theNeedIsTheHighestOfThreeRounds() {
    gauge.next(0.5, 0.98, true);
    gauge.next(0.5, 0.5, false);
    assertThat(gauge.next(0.5, 0.2, false), is(265_000));
    assertThat(gauge.next(0.5, 0.2, false), is(265_000));
    assertThat(gauge.next(0.5, 0.2, false), is(106_000));
    gauge.next(0.5, 0.5, false);
    gauge.clear();
    assertThat(gauge.next(0.5, 0, false), is(0));
  }
}
