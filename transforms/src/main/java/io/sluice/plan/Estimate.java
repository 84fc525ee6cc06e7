/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.plan;

import java.util.function.DoubleFunction;

/**
 * A figure that is known exactly, within bounds, or not at all.
 *
 * @param low no figure is below it, 0 or more; NaN if nothing is known
 * @param high no figure is above it, at least the low one; infinite if it is not known
 */
public record Estimate(double low, double high) {
  /** A figure of which nothing is known. */
  public static final Estimate UNKNOWN = new Estimate(Double.NaN, Double.NaN);

  /** Nothing. */
  public static final Estimate ZERO = exactly(0);

  public Estimate {
    if (!(Double.isNaN(low) && Double.isNaN(high)) && !(low >= 0 && high >= low)) {
      throw new IllegalArgumentException("low " + low + " and high " + high + " must be in order");
    }
  }

  /** Returns a figure that is known. */
  public static Estimate exactly(double figure) {
    return new Estimate(figure, figure);
  }

  /** Returns a figure between bounds. */
  public static Estimate between(double low, double high) {
    return new Estimate(low, high);
  }

  /** Returns a figure without an upper bound. */
  public static Estimate atLeast(double low) {
    return new Estimate(low, Double.POSITIVE_INFINITY);
  }

  /** Whether anything is known of it. */
  public boolean isKnown() {
    return !Double.isNaN(low);
  }

  /** Whether it is known exactly. */
  public boolean isExact() {
    return low == high;
  }

  /** Whether it is known to be nothing. */
  public boolean isZero() {
    return isExact() && low == 0;
  }

  /** Returns the sum, of which nothing is known if that is so of either. */
  public Estimate plus(Estimate other) {
    return new Estimate(low + other.low, high + other.high);
  }

  /**
   * Returns the sum, without an upper bound if nothing is known of either: then it is at least the
   * other.
   */
  public Estimate plusAsFarAsKnown(Estimate other) {
    Estimate here = isKnown() ? this : atLeast(0);
    return here.plus(other.isKnown() ? other : atLeast(0));
  }

  /**
   * Returns a multiple.
   *
   * @param factor 0 or more
   */
  public Estimate times(double factor) {
    // What is without bound stays so.
    return factor == 0 && isKnown() ? ZERO : new Estimate(low * factor, high * factor);
  }

  /** Whether a figure is within a tolerance of the bounds, such as 0.1 for a tenth. */
  public boolean holds(double figure, double tolerance) {
    return figure >= low * (1 - tolerance) && figure <= high * (1 + tolerance);
  }

  /**
   * Prints it for people.
   *
   * @param format prints a figure
   */
  public String text(DoubleFunction<String> format) {
    if (!isKnown()) {
      return "unknown";
    }
    if (isExact()) {
      return format.apply(low);
    }
    return Double.isInfinite(high)
        ? "at least " + format.apply(low)
        : format.apply(low) + " to " + format.apply(high);
  }
}
