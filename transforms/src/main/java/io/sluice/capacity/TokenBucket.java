/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

/**
 * Units that flow in at a rate and are taken out. The bucket starts empty, holds at most what flows
 * in within some seconds, and may go into debt, because the units that a request takes are known
 * only afterwards. Units that do not fit in are lost, and counted.
 *
 * <p>Not thread-safe. Time is in nanoseconds of a {@link TimeSource} and never goes back.
 */
final class TokenBucket {
  private static final double NANOS = 1e9;

  private final double burstSeconds;
  private double rate;
  private double balance;
  private long at;
  private double inflow;
  private double lost;

  /**
   * An empty bucket.
   *
   * @param rate units a second, 0 or more
   * @param burstSeconds how long unused units are kept
   */
  TokenBucket(double rate, double burstSeconds, long now) {
    this.rate = rate;
    this.burstSeconds = burstSeconds;
    this.at = now;
  }

  /** Sets the units a second that flow in from now on, 0 or more. */
  void setRate(double unitsPerSecond, long now) {
    advance(now);
    rate = unitsPerSecond;
    balance = Math.min(balance, room());
  }

  /** Takes units whatever the balance is; {@link #nanosUntilPositive} says when to ask. */
  void take(double units, long now) {
    advance(now);
    balance -= units;
  }

  /** Gives back units that were taken and not used. */
  void give(double units, long now) {
    advance(now);
    add(units);
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
    double units = rate * ((now - at) / NANOS);
    inflow += units;
    add(units);
    at = now;
  }

  private void add(double units) {
    double full = balance + units;
    balance = Math.min(full, room());
    lost += full - balance;
  }

  private double room() {
    return rate * burstSeconds;
  }

  /**
   * Returns the part of the units that flowed in since the last call, 0 to 1, that were not lost; 1
   * if there were none.
   */
  double takeUsed(long now) {
    advance(now);
    double used = inflow > 0 ? Math.max(0, Math.min(1, 1 - lost / inflow)) : 1;
    inflow = 0;
    lost = 0;
    return used;
  }
}
