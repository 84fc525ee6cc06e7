/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The units a second that a job took of a table and was allowed, step by step.
 *
 * @param start when the first step begins
 * @param seconds how long the whole took, a multiple of the length of a step but for the last
 * @param secondsPerStep how long a step is
 * @param used the units a second of each step
 * @param allowed the units a second that were allowed in each step; NaN where it is not known yet
 */
record Rates(Instant start, long seconds, long secondsPerStep, double[] used, double[] allowed) {

  /** More would not be seen. */
  private static final int MOST_STEPS = 240;

  private record Point(long at, double units, double allowed) {}

  /**
   * Reads the points of a report; empty when there are none. Between two points there was a point
   * without units, and what was allowed stays until the next one.
   */
  static Optional<Rates> of(JsonNode consumed) {
    double length = consumed.path("secondsPerPoint").asDouble(1);
    long secondsPerPoint = Math.max(1, Math.round(length));
    List<Point> points = new ArrayList<>();
    for (JsonNode point : consumed.path("points")) {
      try {
        points.add(
            new Point(
                Instant.parse(point.path("at").asText()).getEpochSecond(),
                point.path("units").asDouble(),
                point.path("allowed").asDouble() > 0
                    ? point.path("allowed").asDouble()
                    : Double.NaN));
      } catch (DateTimeParseException e) {
        return Optional.empty();
      }
    }
    if (points.isEmpty()) {
      return Optional.empty();
    }
    points.sort(Comparator.comparingLong(Point::at));
    long start = points.get(0).at();
    long seconds = points.get(points.size() - 1).at() - start + secondsPerPoint;
    long all = (seconds + secondsPerPoint - 1) / secondsPerPoint;
    long secondsPerStep = secondsPerPoint * ((all + MOST_STEPS - 1) / MOST_STEPS);
    int steps = (int) ((seconds + secondsPerStep - 1) / secondsPerStep);
    return Optional.of(
        new Rates(
            Instant.ofEpochSecond(start),
            seconds,
            secondsPerStep,
            used(points, start, seconds, secondsPerStep, steps),
            allowed(points, start, secondsPerStep, steps)));
  }

  private static double[] used(
      List<Point> points, long start, long seconds, long secondsPerStep, int steps) {
    double[] used = new double[steps];
    for (Point point : points) {
      used[(int) ((point.at() - start) / secondsPerStep)] += point.units();
    }
    for (int i = 0; i < steps; i++) {
      used[i] /= Math.min(secondsPerStep, seconds - i * secondsPerStep);
    }
    return used;
  }

  /** Returns the mean of what was allowed in each step, or what was allowed before. */
  private static double[] allowed(List<Point> points, long start, long secondsPerStep, int steps) {
    double[] sums = new double[steps];
    int[] counts = new int[steps];
    for (Point point : points) {
      if (Double.isFinite(point.allowed())) {
        int step = (int) ((point.at() - start) / secondsPerStep);
        sums[step] += point.allowed();
        counts[step]++;
      }
    }
    double last = Double.NaN;
    for (int i = 0; i < steps; i++) {
      last = counts[i] == 0 ? last : sums[i] / counts[i];
      sums[i] = last;
    }
    return sums;
  }

  /** Returns when a step begins. */
  Instant at(int step) {
    return start.plusSeconds(step * secondsPerStep);
  }

  Instant end() {
    return start.plusSeconds(seconds);
  }

  double mostUsed() {
    return Arrays.stream(used).max().orElse(0);
  }

  /** Returns the most that was allowed; empty when nothing was said about it. */
  Optional<Double> mostAllowed() {
    return finite().max().stream().boxed().findFirst();
  }

  double leastAllowed() {
    return finite().min().orElse(0);
  }

  private java.util.stream.DoubleStream finite() {
    return Arrays.stream(allowed).filter(Double::isFinite);
  }

  /** Returns the mean of the units a second. */
  double meanUsed() {
    return total(used) / seconds;
  }

  /** Returns all units that were allowed, as far as they were said. */
  double meanAllowed() {
    return total(allowed) / seconds;
  }

  private double total(double[] rates) {
    double sum = 0;
    for (int i = 0; i < rates.length; i++) {
      if (Double.isFinite(rates[i])) {
        sum += rates[i] * Math.min(secondsPerStep, seconds - i * secondsPerStep);
      }
    }
    return sum;
  }
}
