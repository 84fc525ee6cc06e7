/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Capacity units over time, in at most {@value #MOST_POINTS} points of equal width: when there are
 * more, the width doubles. The sum of the units is exact, whatever the width.
 *
 * @param secondsPerPoint the width of a point in seconds, a power of two
 * @param points by the second at which they begin, since 1970 by the clocks of the workers, a
 *     multiple of the width; those without units are left out
 */
record Timeline(long secondsPerPoint, TreeMap<Long, Point> points) implements Serializable {
  static final int MOST_POINTS = 240;

  /**
   * The units of one point.
   *
   * @param units that were consumed in it, 0 or more
   * @param allowed the most units a second that the job was allowed then; 0 when it is not known
   */
  record Point(double units, double allowed) implements Serializable {
    Point plus(Point other) {
      return new Point(units + other.units, Math.max(allowed, other.allowed));
    }
  }

  /** Returns a timeline without points. */
  static Timeline empty() {
    return new Timeline(1, new TreeMap<>());
  }

  /** Returns the sum, at the width of the wider one or wider. */
  Timeline plus(Timeline other) {
    return of(Math.max(secondsPerPoint, other.secondsPerPoint), points, other.points);
  }

  /** Returns this with more points, by their seconds. */
  Timeline plus(Map<Long, Point> more) {
    return of(secondsPerPoint, points, more);
  }

  private static Timeline of(long least, Map<Long, Point> some, Map<Long, Point> others) {
    for (long width = least; ; width *= 2) {
      TreeMap<Long, Point> sum = new TreeMap<>();
      add(some, width, sum);
      add(others, width, sum);
      if (sum.size() <= MOST_POINTS) {
        return new Timeline(width, sum);
      }
    }
  }

  private static void add(Map<Long, Point> some, long width, TreeMap<Long, Point> sum) {
    some.forEach(
        (second, point) -> sum.merge(Math.floorDiv(second, width) * width, point, Point::plus));
  }
}
