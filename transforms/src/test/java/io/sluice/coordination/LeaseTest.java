/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private static final long SECOND = 1_000_000_000;
  private static final double FIXED = 0.25;

  private long now = 5 * SECOND;
  private final Lease lease = new Lease(() -> now);

  private Lease valid(int claim) {
    lease.join();
    lease.renew(now);
    lease.use(claim);
    return lease;
  }

  @Test
  void endsBeforeOthersMayThinkThatTheMemberIsDead() {
    long margin = TimeUnit.SECONDS.toNanos(1);
    assertThat(
        Lease.NANOS + margin,
        is(lessThan(TimeUnit.MILLISECONDS.toNanos(Roster.DEAD_AFTER_MILLIS))));
  }

  @Test
  void usesNothingUnlessItTakesPart() {
    now += 3600 * SECOND;
    assertThat(lease.allowance(FIXED).share(), is(0.0));
    valid(500_000);
    lease.leave();
    now += 3600 * SECOND;
    assertThat(lease.allowance(FIXED).share(), is(0.0));
  }

  @Test
  void waitsForTheFirstAnswerAndThenTakesTheFixedShare() {
    lease.join();
    now += Lease.FIRST_ANSWER_NANOS - 1;
    assertThat(lease.allowance(FIXED).share(), is(0.0));
    now++;
    assertThat(lease.allowance(FIXED).share(), is(FIXED));
    assertThat(lease.claim(), is(0));
  }

  @Test
  void usesTheClaimWhileItIsValid() {
    valid(500_000);
    now += Lease.NANOS - 1;
    assertThat(lease.allowance(FIXED), is(new Allowance(0.5, OptionalLong.of(now + 1))));
    lease.renew(now - SECOND);
    now += Lease.NANOS - SECOND - 1;
    assertThat("from before it was sent", lease.allowance(FIXED).share(), is(0.5));
    now++;
    assertThat(lease.allowance(FIXED).share(), is(0.0));
  }

  @Test
  void afterItsEndItIsTheSmallerShareAndThenTheFixedOne() {
    valid(500_000);
    now += Lease.NANOS;
    assertThat("a JVM that was stopped", lease.allowance(FIXED).share(), is(0.0));
    now += Lease.STOPPED_NANOS;
    assertThat(lease.allowance(FIXED).share(), is(FIXED));
    assertThat(lease.allowance(0.75).share(), is(0.5));
    now += Lease.LAST_SHARE_NANOS;
    assertThat(lease.allowance(0.75).share(), is(0.75));
  }

  @Test
  void beginsAnewWithNothing() {
    valid(500_000);
    now += Lease.NANOS;
    lease.use(700_000);
    assertThat("too late", lease.claim(), is(0));
    lease.renew(now);
    assertThat(lease.claim(), is(0));
    assertThat(lease.allowance(FIXED).share(), is(0.0));
    lease.use(100_000);
    assertThat(lease.allowance(FIXED).share(), is(0.1));
  }

  @Test
  void aStateThatArrivesLateDoesNotBringTheClaimBack() {
    valid(500_000);
    long began = now + Lease.NANOS - 1;
    now += Lease.NANOS + 1;
    lease.renew(began);
    assertThat(lease.claim(), is(0));
  }
}
