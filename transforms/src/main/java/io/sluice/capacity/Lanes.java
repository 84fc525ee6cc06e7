/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The lanes of a throttle, by name. Not thread-safe. */
final class Lanes {
  private final double burstSeconds;
  private Map<String, Lane> byName = Map.of();
  private OptionalLong end = OptionalLong.empty();

  /**
   * @param burstSeconds how long unused units are kept
   */
  Lanes(double burstSeconds) {
    this.burstSeconds = burstSeconds;
  }

  /** Units that were taken from a lane for a request. */
  record Charge(String name, Lane lane, double units) {}

  /**
   * Sets the units a second of each lane; the lanes that are not named are gone.
   *
   * @throws IllegalArgumentException when a figure is not 0 or more, or the table has none
   */
  void allow(Map<String, Double> unitsPerSecond, double factor, long now) {
    if (!unitsPerSecond.containsKey(Throttle.TABLE)) {
      throw new IllegalArgumentException(
          "unitsPerSecond " + unitsPerSecond + " must have a figure for the table");
    }
    unitsPerSecond.forEach(Lanes::check);
    Map<String, Lane> changed = new HashMap<>();
    unitsPerSecond.forEach(
        (name, units) -> {
          Lane lane = byName.get(name);
          if (lane == null) {
            lane = new Lane(units, factor, burstSeconds, now);
          } else {
            lane.allow(units, factor, now);
          }
          changed.put(name, lane);
        });
    // Requests in flight still refer to lanes that are gone, and settle with them.
    byName = changed;
  }

  private static void check(String lane, double units) {
    if (!(units >= 0 && Double.isFinite(units))) {
      throw new IllegalArgumentException(
          "unitsPerSecond " + units + " of lane '" + lane + "' must be 0 or more");
    }
  }

  /** Sets when all lanes are empty until they are allowed something again; empty for never. */
  void end(OptionalLong time) {
    end = time;
  }

  /** Returns 0 when no lane is empty, else how long that takes; at most this long. */
  long nanosUntilPositive(long longest, long now) {
    boolean isOver = end.isPresent() && now - end.getAsLong() >= 0;
    long wait = isOver || byName.isEmpty() ? longest : 0;
    for (Lane lane : byName.values()) {
      wait = Math.max(wait, lane.nanosUntilPositive(now));
    }
    return Math.min(longest, wait);
  }

  /** Takes from each lane what a request is expected to use. */
  List<Charge> charge(double estimate, long now) {
    List<Charge> charges = new ArrayList<>(byName.size());
    byName.forEach((name, lane) -> charges.add(new Charge(name, lane, lane.charge(estimate, now))));
    return charges;
  }

  void closeWindow(double factor, boolean refusedTooMuch, long now) {
    for (Lane lane : byName.values()) {
      lane.slowTo(factor, now);
      lane.closeWindow(refusedTooMuch, now);
    }
  }

  /** Returns the part of the units of the fullest lane that was used since the last call. */
  double takeUsed(long now) {
    return byName.values().stream().mapToDouble(lane -> lane.takeUsed(now)).max().orElse(0);
  }
}
