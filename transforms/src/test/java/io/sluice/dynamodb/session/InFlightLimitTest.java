/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.session;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InFlightLimitTest {

  /** How many permits are free; they are free again afterwards. */
  private static int free(InFlightLimit limit) {
    int free = 0;
    while (limit.tryAcquire()) {
      free++;
    }
    for (int i = 0; i < free; i++) {
      limit.release();
    }
    return free;
  }

  /** Uses this many permits at a time, of which some are pushed back and the others succeed. */
  private static void round(InFlightLimit limit, int requests, int pushedBack) {
    for (int i = 0; i < requests; i++) {
      assertThat(limit.tryAcquire(), is(true));
    }
    for (int i = 0; i < requests; i++) {
      if (i < pushedBack) {
        limit.pushedBack();
      } else {
        limit.succeeded();
      }
    }
  }

  @Test
  void fewerThanOnePermitIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new InFlightLimit(0, 5));
    assertThrows(IllegalArgumentException.class, () -> new InFlightLimit(6, 5));
  }

  @Test
  void startsWithTheGivenNumberOfPermits() {
    assertThat(free(new InFlightLimit(3, 10)), is(3));
  }

  @Test
  void countsThePermitsThatAreTaken() {
    InFlightLimit limit = new InFlightLimit(3, 10);
    assertThat(limit.tryAcquire(), is(true));
    assertThat(limit.tryAcquire(), is(true));
    assertThat(limit.inFlight(), is(2));
    limit.succeeded();
    limit.release();
    assertThat(limit.inFlight(), is(0));
  }

  @Test
  void aWorkerThatMustNotWaitTakesAPermitAboveTheLimit() {
    InFlightLimit limit = new InFlightLimit(1, 10);
    limit.forceAcquire();
    limit.forceAcquire();
    assertThat(limit.inFlight(), is(2));
    limit.release();
    assertThat(limit.tryAcquire(), is(false));
    limit.release();
    assertThat(limit.tryAcquire(), is(true));
  }

  @Test
  void oneMoreAfterARoundThatUsedAllPermits() {
    InFlightLimit limit = new InFlightLimit(4, 10);
    round(limit, 4, 0);
    assertThat(free(limit), is(5));
    round(limit, 5, 0);
    assertThat(free(limit), is(6));
  }

  @Test
  void noMoreWhenPermitsWereNotUsed() {
    InFlightLimit limit = new InFlightLimit(4, 10);
    for (int i = 0; i < 10; i++) {
      round(limit, 3, 0);
    }
    assertThat(free(limit), is(4));
  }

  @Test
  void fourFifthsWhenMoreThanHalfWerePushedBack() {
    InFlightLimit limit = new InFlightLimit(10, 20);
    round(limit, 10, 6);
    assertThat(free(limit), is(8));
  }

  @Test
  void aFewThatArePushedBackDoNotCount() {
    InFlightLimit limit = new InFlightLimit(10, 20);
    round(limit, 10, 5);
    assertThat(free(limit), is(11));
  }

  @Test
  void permitsThatWereReleasedUnusedDoNotCountAsAnswers() {
    InFlightLimit limit = new InFlightLimit(4, 10);
    for (int i = 0; i < 10; i++) {
      assertThat(free(limit), is(4));
    }
  }

  @Test
  void neverMoreThanTheMost() {
    InFlightLimit limit = new InFlightLimit(3, 4);
    for (int i = 0; i < 10; i++) {
      round(limit, free(limit), 0);
    }
    assertThat(free(limit), is(4));
  }

  @Test
  void neverFewerThanOne() {
    InFlightLimit limit = new InFlightLimit(3, 4);
    for (int i = 0; i < 20; i++) {
      int permits = free(limit);
      round(limit, permits, permits);
    }
    assertThat(free(limit), is(1));
  }

  @Test
  void oneThatWaitsGetsThePermitThatBecomesFree() throws Exception {
    InFlightLimit limit = new InFlightLimit(1, 4);
    assertThat(limit.tryAcquire(1), is(true));
    assertThat("none becomes free", limit.tryAcquire(1), is(false));
    CompletableFuture<Boolean> entered = new CompletableFuture<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                boolean has = false;
                while (!has) {
                  has = limit.tryAcquire(TimeUnit.MINUTES.toNanos(1));
                }
                entered.complete(true);
              } catch (InterruptedException e) {
                entered.completeExceptionally(e);
              }
            });
    waiting.start();
    limit.release();
    assertThat(entered.get(30, TimeUnit.SECONDS), is(true));
    assertThat(limit.inFlight(), is(1));
  }
}
