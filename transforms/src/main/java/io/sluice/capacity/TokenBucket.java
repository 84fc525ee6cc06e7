/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

/**
 * Units that flow in at a rate and are taken out. The bucket starts empty, holds at most what flows
 * in within {@link #BURST_SECONDS}, and may go into debt, because the units that a request takes
 * are known only afterwards.
 *
 * <p>Not thread-safe. Time is in nanoseconds of a {@link TimeSource} and never goes back.
 */
final class TokenBucket {
  /** How long unused units are kept; emr-dynamodb-connector has the same. */
  static final double BURST_SECONDS = 5;

  private static final double NANOS = 1e9;

  private double rate;
  private double balance;
  private long at;

  /** An empty bucket with a rate of units a second, 0 or more. */
  TokenBucket(double rate, long now) {
    this.rate = rate;
    this.at = now;
  }

  /** Sets the units a second that flow in from now on, 0 or more. */
  void setRate(double unitsPerSecond, long now) {
    advance(now);
    rate = unitsPerSecond;
    balance = Math.min(balance, rate * BURST_SECONDS);
  }

  /** Takes units whatever the balance is; {@link #nanosUntilPositive} says when to ask. */
  void take(double units, long now) {
    advance(now);
    balance -= units;
  }

  /** Gives back units that were taken and not used. */
  void give(double units, long now) {
    advance(now);
    balance = Math.min(balance + units, rate * BURST_SECONDS);
  }

  /** Gives units towards a debt; none of them are saved up. */
  void repay(double units, long now) {
    advance(now);
    balance = Math.max(balance, Math.min(balance + units, 0));
  }

  /** Clears what was saved up; a debt stays. */
  void clearSavings(long now) {
    advance(now);
    balance = Math.min(balance, 0);
  }

  /**
   * Returns 0 when there is something to take, else at least 1; without a rate, the longest time
   * there is.
   */
  long nanosUntilPositive(long now) {
    advance(now);
    if (balance > 0) {
      return 0;
    }
    return rate > 0 ? Math.max(1, (long) Math.ceil(-balance / rate * NANOS)) : Long.MAX_VALUE;
  }

  private void advance(long now) {
    balance = Math.min(balance + rate * ((now - at) / NANOS), rate * BURST_SECONDS);
    at = now;
  }
}
