/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Chooses round numbers and times for the axes of a chart. */
public final class Ticks {
  private static final int MOST_TIMES = 6;

  /** Times with seconds are longer. */
  private static final int MOST_SECONDS = 4;

  private static final long MINUTE = 60;
  private static final long DAY = 86_400;
  private static final long[] STEPS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, DAY
  };

  private Ticks() {}

  /** Returns round numbers from 0 on; the last is at least this, and there are three to six. */
  static List<Double> numbers(double most) {
    double top = most > 0 ? most : 1;
    double step = step(top);
    List<Double> ticks = new ArrayList<>(List.of(0.0));
    for (int i = 1; ticks.get(ticks.size() - 1) < top * (1 - 1e-9); i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** Returns 1, 2 or 5 times a power of ten of which at most five make up this number. */
  private static double step(double most) {
    double power = Math.pow(10, Math.floor(Math.log10(most / 5)));
    for (double factor : new double[] {1, 2, 5}) {
      if (most <= 5 * factor * power * (1 + 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** Returns round times, in UTC, within this range, at most six. */
  public static List<Instant> times(Instant start, Instant end) {
    long step = timeStep(start, end);
    List<Instant> times = new ArrayList<>();
    long first = Math.floorDiv(start.getEpochSecond() + step - 1, step) * step;
    for (long time = first; time <= end.getEpochSecond(); time += step) {
      times.add(Instant.ofEpochSecond(time));
    }
    return times;
  }

  /** Formats such times no finer than they are apart. */
  public static DateTimeFormatter format(Instant start, Instant end) {
    long step = timeStep(start, end);
    String pattern = step < MINUTE ? "HH:mm:ss" : step < DAY ? "HH:mm" : "d MMM";
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  private static long timeStep(Instant start, Instant end) {
    long seconds = end.getEpochSecond() - start.getEpochSecond();
    for (long step : STEPS) {
      if (seconds < step * (step < MINUTE ? MOST_SECONDS : MOST_TIMES)) {
        return step;
      }
    }
    return DAY * (seconds / (DAY * MOST_TIMES) + 1);
  }
}
