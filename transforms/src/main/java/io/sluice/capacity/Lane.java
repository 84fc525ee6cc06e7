/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

/**
 * The budget of a table or of one of its global indexes, and the learned ratio of its units to
 * estimates of the table's units. Not thread-safe.
 */
final class Lane {
  /** The weight of a new request in the learned ratio; the first one sets it. */
  private static final double WEIGHT = 0.2;

  private final TokenBucket bucket;
  private double allowed;
  private double ratio = 1;
  private boolean known;
  private double withheld;

  /**
   * A lane with an allowed rate in units a second, slowed down by a factor.
   *
   * @param burstSeconds how long unused units are kept
   */
  Lane(double allowed, double factor, double burstSeconds, long now) {
    this.allowed = allowed;
    this.bucket = new TokenBucket(allowed * factor, burstSeconds, now);
  }

  double allowed() {
    return allowed;
  }

  void allow(double unitsPerSecond, double factor, long now) {
    allowed = unitsPerSecond;
    slowTo(factor, now);
  }

  void slowTo(double factor, long now) {
    bucket.setRate(allowed * factor, now);
  }

  long nanosUntilPositive(long now) {
    return bucket.nanosUntilPositive(now);
  }

  /** Takes the units that a request is expected to use, and returns them. */
  double charge(double estimate, long now) {
    double units = estimate * ratio;
    bucket.take(units, now);
    return units;
  }

  /** Corrects a charge: the difference to the units that were used is given back or taken. */
  void settle(double charged, double used, long now) {
    bucket.give(charged - used, now);
  }

  /** Learns from a request the ratio of units used here to the estimate. */
  void learn(double estimate, double used) {
    double seen = used / estimate;
    ratio = known ? ratio + WEIGHT * (seen - ratio) : seen;
    known = true;
  }

  /** Returns the part of the units since the last call that were used, 0 to 1. */
  double takeUsed(long now) {
    return bucket.takeUsed(now);
  }

  /** Keeps the charge for refused units until the window closes. */
  void withhold(double units) {
    withheld += units;
  }

  /**
   * Gives back withheld units, but only towards a debt: saved up, they would only be asked again of
   * a table that does not have them. When too much was refused, all savings are cleared.
   */
  void closeWindow(boolean refusedTooMuch, long now) {
    bucket.repay(withheld, now);
    withheld = 0;
    if (refusedTooMuch) {
      bucket.clearSavings(now);
    }
  }
}
