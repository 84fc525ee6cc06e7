/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

/**
 * Computes how much to slow down from the share of units that DynamoDB refuses: a table may have
 * less capacity than it reports, or others may use it too. Not thread-safe.
 *
 * <p>The share of refused units is measured over windows of at least a second, each with at least
 * one answer in it. Above 2 % the factor becomes factor × (1 − share ÷ 2), but at least 0.1;
 * otherwise it grows by 0.05 up to 1. If a table has the fraction c of what is asked, the factor
 * approaches c: the share is (factor − c) ÷ factor, and each window halves the distance.
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

  /**
   * Records an answer: the units that were asked for, and how many of them, 0 or more, were
   * refused.
   */
  void answered(double units, double refusedUnits, long now) {
    if (asked == 0) {
      since = now;
    }
    asked += units;
    refused += refusedUnits;
  }

  /** Whether the window has passed and has to be closed. */
  boolean isOver(long now) {
    return asked > 0 && now - since >= WINDOW_NANOS;
  }

  /** Closes the window, adapts the factor, and returns whether too much was refused. */
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
