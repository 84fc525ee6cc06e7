/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

/**
 * The units of a table or of one of its global indexes, and how they compare with estimates of the
 * table's units. Not thread-safe.
 */
final class Lane {
  /** What a new request weighs in the learned ratio; the first sets it. */
  private static final double WEIGHT = 0.2;

  private final TokenBucket bucket;
  private double allowed;
  private double ratio = 1;
  private boolean known;
  private double withheld;

  /** A lane that may use so many units a second, slowed down by a factor. */
  Lane(double allowed, double factor, long now) {
    this.allowed = allowed;
    this.bucket = new TokenBucket(allowed * factor, now);
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

  /** Takes what a request is likely to use, and tells how much that is. */
  double charge(double estimate, long now) {
    double units = estimate * ratio;
    bucket.take(units, now);
    return units;
  }

  /** Sets what was charged right: the difference to what was used is given back or taken. */
  void settle(double charged, double used, long now) {
    bucket.give(charged - used, now);
  }

  /** Learns from a request what an estimate comes to here. */
  void learn(double estimate, double used) {
    double seen = used / estimate;
    ratio = known ? ratio + WEIGHT * (seen - ratio) : seen;
    known = true;
  }

  /** Keeps the charge of what was refused until the window closes. */
  void withhold(double units) {
    withheld += units;
  }

  /**
   * Gives back what was kept, towards what is owed: saved up, it would only be asked again of a
   * table that does not have it. When too much was refused, all that was saved up goes.
   */
  void closeWindow(boolean refusedTooMuch, long now) {
    bucket.repay(withheld, now);
    withheld = 0;
    if (refusedTooMuch) {
      bucket.clearSavings(now);
    }
  }
}
