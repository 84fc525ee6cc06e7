/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.session;

import java.util.concurrent.TimeUnit;

/**
 * Limits how many requests may be in flight from this JVM to a table. The limit grows by one after
 * each round of answers in which all permits were used, and shrinks to four fifths after a round in
 * which DynamoDB refused more than half. So it finds the number that the latency requires; the rate
 * is the throttle's concern.
 *
 * <p>Safe for use by several threads.
 */
public final class InFlightLimit {
  private static final double DECREASE = 0.8;

  private final int most;
  private double limit;
  private int inFlight;
  private int answered;
  private int refused;
  private boolean used;

  /**
   * @param start the initial limit
   * @param most the highest limit
   */
  public InFlightLimit(int start, int most) {
    if (start < 1 || most < start) {
      throw new IllegalArgumentException(
          "start is " + start + ", must be 1 to most, which is " + most);
    }
    this.limit = start;
    this.most = most;
  }

  /** Takes a permit if one is free. */
  public synchronized boolean tryAcquire() {
    if (inFlight >= (int) limit) {
      return false;
    }
    inFlight++;
    return true;
  }

  /** Takes a permit, waiting for one for at most this long. */
  public synchronized boolean tryAcquire(long nanos) throws InterruptedException {
    if (!tryAcquire()) {
      TimeUnit.NANOSECONDS.timedWait(this, nanos);
      return tryAcquire();
    }
    return true;
  }

  /** Takes a permit even if none is free: a worker with nothing in flight must not wait. */
  public synchronized void forceAcquire() {
    inFlight++;
  }

  /** Gives back a permit that was not used. */
  public synchronized void release() {
    inFlight--;
    notify();
  }

  public synchronized void succeeded() {
    answered(false);
  }

  /** Records that DynamoDB refused a request because of the rate, as a whole or in part. */
  public synchronized void pushedBack() {
    answered(true);
  }

  private void answered(boolean pushedBack) {
    used |= inFlight >= (int) limit;
    inFlight--;
    answered++;
    refused += pushedBack ? 1 : 0;
    notify();
    if (answered >= limit) {
      if (2 * refused > answered) {
        limit = Math.max(1, limit * DECREASE);
      } else if (used) {
        limit = Math.min(most, limit + 1);
      }
      answered = 0;
      refused = 0;
      used = false;
    }
  }

  public synchronized int inFlight() {
    return inFlight;
  }
}
