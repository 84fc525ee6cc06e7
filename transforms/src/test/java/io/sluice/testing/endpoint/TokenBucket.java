/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

/** Capacity that comes steadily and is saved up to a limit. Not thread-safe. */
final class TokenBucket {
  private double perSecond;
  private double most;
  private double units;
  private long refilledAt;

  /** Full at the start. */
  TokenBucket(double perSecond, double burstSeconds, long nanos) {
    this.perSecond = perSecond;
    this.most = most(perSecond, burstSeconds);
    this.units = most;
    this.refilledAt = nanos;
  }

  private static double most(double perSecond, double burstSeconds) {
    // Infinity times 0 is not a number.
    return Double.isInfinite(perSecond) ? perSecond : perSecond * burstSeconds;
  }

  /** Another rate from now on; what is saved stays, up to the new limit. */
  void change(double newPerSecond, double burstSeconds, long nanos) {
    refill(nanos);
    perSecond = newPerSecond;
    most = most(newPerSecond, burstSeconds);
    units = Double.isInfinite(most) ? most : Math.min(units, most);
  }

  /** Whether anything may be taken. */
  boolean hasUnits(long nanos) {
    refill(nanos);
    return units > 0;
  }

  /** Takes units, and more than there are if need be. */
  void take(double taken) {
    units -= taken;
  }

  private void refill(long nanos) {
    long passed = nanos - refilledAt;
    if (passed > 0) {
      units = Math.min(most, units + perSecond * (passed / 1e9));
      refilledAt = nanos;
    }
  }
}
