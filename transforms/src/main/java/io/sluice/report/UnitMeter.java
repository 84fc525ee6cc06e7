/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import io.sluice.capacity.Throttle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up the capacity units of requests within a bundle. Thread-safe. */
public final class UnitMeter {
  /** The limit of a request that was throttled without a reason. */
  private static final String UNNAMED = "a limit that was not named";

  /** How many seconds are held before they become points of a timeline. */
  private static final int MOST_SECONDS = 1_000;

  private double table;
  private final Map<String, Double> indexes = new TreeMap<>();
  private long requests;
  private final Map<String, Long> throttled = new TreeMap<>();
  private final Map<Long, Timeline.Point> seconds = new HashMap<>();
  private Timeline timeline = Timeline.empty();

  /**
   * Adds a request that was answered.
   *
   * @param units by the lanes of a {@link Throttle}
   * @param allowed units a second of the table that the whole job may use now; 0 if not known
   * @param second when it was answered, since 1970
   */
  public synchronized void answered(Map<String, Double> units, double allowed, long second) {
    requests++;
    units.forEach(
        (lane, consumed) -> {
          if (lane.equals(Throttle.TABLE)) {
            addOfTable(consumed, allowed, second);
          } else {
            indexes.merge(lane, consumed, Double::sum);
          }
        });
  }

  private void addOfTable(double units, double allowed, long second) {
    table += units;
    if (units > 0) {
      seconds.merge(second, new Timeline.Point(units, allowed), Timeline.Point::plus);
      if (seconds.size() > MOST_SECONDS) {
        fold();
      }
    }
  }

  private void fold() {
    timeline = timeline.plus(seconds);
    seconds.clear();
  }

  /** Adds a request that failed: it consumed nothing, or nobody knows what. */
  public synchronized void failed() {
    requests++;
  }

  /** Adds that a request was throttled, in whole or in part, and the limits that were named. */
  public synchronized void throttled(List<String> limits) {
    if (limits.isEmpty()) {
      throttled.merge(UNNAMED, 1L, Long::sum);
    }
    limits.forEach(limit -> throttled.merge(limit, 1L, Long::sum));
  }

  /** Returns the sum since the last call. */
  public synchronized ConsumedUnits take() {
    fold();
    ConsumedUnits sum = new ConsumedUnits(table, indexes, requests, throttled, timeline);
    table = 0;
    indexes.clear();
    requests = 0;
    throttled.clear();
    timeline = Timeline.empty();
    return sum;
  }
}
