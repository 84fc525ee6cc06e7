/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

/**
 * How much slower than allowed to ask, by what DynamoDB refuses: a table may have less than it
 * says, or others use it too. Not thread-safe.
 *
 * <p>Over windows of a second or more, each with an answer in it, the share is the refused units ÷
 * the asked ones. Above 2 % the factor becomes factor × (1 − share ÷ 2), 0.1 at least; else it
 * grows by 0.05 up to 1. Where a table has the part c of what is asked, the factor nears c: there
 * the share is (factor − c) ÷ factor, and each window halves the distance.
 */
final class SlowDown {
  private static final double TOLERATED = 0.02;
  private static final double LEAST = 0.1;
  private static final double RECOVERY = 0.05;
  private static final long WINDOW_NANOS = 1_000_000_000;

  private double factor = 1;
  private double asked;
  private double refused;
  private long since;

  double factor() {
    return factor;
  }

  /** Notes an answer: so many units were asked for and so many of them, 0 or more, refused. */
  void answered(double units, double refusedUnits, long now) {
    if (asked == 0) {
      since = now;
    }
    asked += units;
    refused += refusedUnits;
  }

  /** Whether the window is over, so that it is to be closed. */
  boolean isOver(long now) {
    return asked > 0 && now - since >= WINDOW_NANOS;
  }

  /** Closes the window, adapts the factor, and tells whether too much was refused. */
  boolean close() {
    double share = refused / asked;
    asked = 0;
    refused = 0;
    if (share > TOLERATED) {
      factor = Math.max(LEAST, factor * (1 - share / 2));
      return true;
    }
    factor = Math.min(1, factor + RECOVERY);
    return false;
  }
}
