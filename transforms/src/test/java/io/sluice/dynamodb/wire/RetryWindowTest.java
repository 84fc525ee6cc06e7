/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.wire;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryWindowTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void pausesDoubleUpToTenSeconds() {
    for (int attempt = 1; attempt < 100; attempt++) {
      long longest =
          Math.min(
              Duration.ofSeconds(10).toNanos(),
              Duration.ofMillis(50).toNanos() << Math.min(attempt - 1, 10));
      assertThat(
          RetryWindow.pause(attempt), allOf(greaterThanOrEqualTo(longest / 2), lessThan(longest)));
    }
  }

  @Test
  void itEndsAfterTenMinutes() {
    long first = Long.MAX_VALUE - 5;
    Duration most = RetryWindow.RETRY_FOR;
    long tenMinutes = Duration.ofMinutes(10).toNanos();
    assertThat(RetryWindow.isOver(first, first + tenMinutes, most), is(false));
    assertThat(
        "also when the clock overflows",
        RetryWindow.isOver(first, first + tenMinutes + 1, most),
        is(true));
  }

  /** Returns how many failures of a second each it takes to give up. */
  private static int triesOf(RetryWindow patience, RequestFailure kind) {
    int tries = 1;
    while (patience.failed(kind, SECOND).isPresent()) {
      tries++;
    }
    return tries;
  }

  @Test
  void aRequestMayFailForTenMinutesOfTrying() {
    // Pauses of 5 to 10 s in the end.
    assertThat(
        triesOf(new RetryWindow(RetryWindow.RETRY_FOR), RequestFailure.TRANSIENT),
        allOf(greaterThan(55), lessThan(110)));
  }

  @Test
  void anAnswerMayBeOddForOneMinute() {
    assertThat(
        triesOf(new RetryWindow(RetryWindow.RETRY_FOR), RequestFailure.UNREADABLE),
        allOf(greaterThan(8), lessThan(18)));
  }

  @Test
  void whatFailedForAnotherReasonDoesNotShortenThatMinute() {
    RetryWindow patience = new RetryWindow(RetryWindow.RETRY_FOR);
    assertThat(
        patience.failed(RequestFailure.THROTTLED, Duration.ofMinutes(5).toNanos()).isPresent(),
        is(true));
    assertThat(triesOf(patience, RequestFailure.UNREADABLE), greaterThan(4));
    assertThat(patience.failures(), greaterThan(5));
  }
}
