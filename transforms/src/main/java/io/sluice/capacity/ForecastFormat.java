/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import io.sluice.capacity.Capacity.Source;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Formats the figures of a forecast for people: shares, counts, dollars and times. */
public final class ForecastFormat {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private ForecastFormat() {}

  /** Says which share of a capacity a job may use, without a full stop. */
  static String share(Budget budget, double unitsPerSecond, Source source) {
    return "The job may use "
        + number(budget.allowed(unitsPerSecond))
        + " of "
        + number(unitsPerSecond)
        + " a second ("
        + source.text()
        + "; ratio "
        + budget.ratio()
        + ")";
  }

  static String count(double count, String noun) {
    return number(count) + " " + noun + (count == 1 ? "" : "s");
  }

  /** Rounds to a whole number from 10 on, and to two digits below, so that little is not none. */
  public static String number(double value) {
    return value == 0 || value >= 10
        ? String.format(Locale.ROOT, "%,.0f", value)
        : new BigDecimal(value).round(new MathContext(2)).stripTrailingZeros().toPlainString();
  }

  /** Prints dollars with their cents, so that little is not none. */
  public static String dollars(double dollars) {
    return dollars > 0 && dollars < 0.01
        ? "less than $0.01"
        : String.format(Locale.ROOT, "$%,.2f", dollars);
  }

  /** Prints dollars with their cents, and of less than a cent two digits. */
  public static String smallDollars(double dollars) {
    return dollars > 0 && dollars < 0.01 ? "$" + number(dollars) : dollars(dollars);
  }

  static String aboutDollars(double dollars) {
    String text = dollars(dollars);
    return text.startsWith("$") ? "about " + text : text;
  }

  /** Prints a time in its two largest units, rounded up. */
  public static String time(Duration time) {
    long seconds = time.toSeconds() + (time.toNanosPart() > 0 ? 1 : 0);
    if (seconds >= DAY) {
      return two(ceil(seconds, HOUR), 24, " d", " h");
    }
    return seconds >= HOUR
        ? two(ceil(seconds, MINUTE), 60, " h", " min")
        : two(seconds, 60, " min", " s");
  }

  private static long ceil(long seconds, long unit) {
    return (seconds + unit - 1) / unit;
  }

  private static String two(long small, long perLarge, String largeName, String smallName) {
    List<String> parts = new ArrayList<>();
    if (small >= perLarge) {
      parts.add(small / perLarge + largeName);
    }
    if (small % perLarge > 0 || small == 0) {
      parts.add(small % perLarge + smallName);
    }
    return String.join(" ", parts);
  }
}
