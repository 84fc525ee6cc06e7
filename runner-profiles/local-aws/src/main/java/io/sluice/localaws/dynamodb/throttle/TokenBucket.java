/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.throttle;

/**
 * Holds units that come steadily and are saved up to a limit.
 *
 * <p>Something may be taken while there is anything in it, and then all that it costs: so a bucket
 * falls below zero by less than one write or page, which later refilling pays for. Over any time
 * the units taken are therefore at most what was in it, plus what came in, plus one such cost. Not
 * safe for several threads at once.
 */
final class TokenBucket {

  private static final double NANOS = 1e9;

  private double perSecond;
  private double most;
  private double units;
  private long refilled;

  /**
   * Starts with some seconds' units.
   *
   * @param perSecond units; infinity for no limit
   * @param burstSeconds how many seconds' units it saves, at least 1
   * @param savedSeconds how many it starts with, at most {@code burstSeconds}
   * @param now in nanoseconds
   */
  TokenBucket(double perSecond, double burstSeconds, double savedSeconds, long now) {
    this.perSecond = perSecond;
    this.most = perSecond * burstSeconds;
    this.units =
        Double.isInfinite(perSecond) ? perSecond : perSecond * Math.min(savedSeconds, burstSeconds);
    this.refilled = now;
  }

  /**
   * Has units come at another rate from now on; those that were saved stay, up to the new limit.
   */
  void change(double newPerSecond, double burstSeconds, long now) {
    refill(now);
    perSecond = newPerSecond;
    most = perSecond * burstSeconds;
    if (Double.isInfinite(most)) {
      units = most;
    } else {
      units = Double.isInfinite(units) ? perSecond : Math.min(units, most);
    }
  }

  /** Reports whether something may be taken. */
  boolean hasUnits(long now) {
    refill(now);
    return units > 0;
  }

  /** Takes units, and more than there are if need be. */
  void take(double taken) {
    units -= taken;
  }

  /** Gives the units that are in it, less than 0 if more were taken than there were. */
  double units(long now) {
    refill(now);
    return units;
  }

  private void refill(long now) {
    if (now > refilled) {
      units = Math.min(most, units + perSecond * ((now - refilled) / NANOS));
      refilled = now;
    }
  }
}
