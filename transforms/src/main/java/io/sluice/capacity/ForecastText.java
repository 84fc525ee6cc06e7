/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import io.sluice.capacity.Capacity.Source;
import io.sluice.capacity.Forecast.Part;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A forecast in sentences. */
record ForecastText(Forecast forecast) {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Part part : forecast.parts()) {
      lines.add(work(part) + " " + verdict(part));
    }
    lines.add("With what the job may use it takes " + time(forecast.takes()) + ".");
    forecast.command().ifPresent(command -> lines.add(raising() + ": " + command));
    if (forecast.capacity().onDemand()) {
      lines.add("The writes cost " + dollars(forecast.writingCost()) + " (" + prices() + ").");
    }
    return lines;
  }

  private String work(Part part) {
    String units = count(part.units(), "write unit");
    long items = forecast.load().items();
    String work =
        part.isTable()
            ? count((double) items, "item") + (items == 1 ? " takes " : " take ") + units
            : "The index " + part.index() + " takes " + units;
    Duration deadline = forecast.deadline();
    return deadline == null
        ? work + "."
        : work + "; in " + time(deadline) + " that is " + number(part.required()) + " a second.";
  }

  private String verdict(Part part) {
    String verdict =
        "The job may use "
            + number(part.allowed())
            + " of "
            + number(part.capacity().writeUnits())
            + " a second ("
            + part.capacity().writes().text()
            + "; ratio "
            + forecast.budget().ratio()
            + ")";
    if (forecast.deadline() == null) {
      return verdict + ".";
    }
    return part.missing() == 0
        ? verdict + ": enough."
        : verdict
            + ": not enough, "
            + count((double) part.missing(), "unit")
            + (part.missing() == 1 ? " a second is missing." : " a second are missing.");
  }

  private String raising() {
    if (!forecast.capacity().onDemand()) {
      return "Raising the capacity for "
          + time(Duration.ofHours(forecast.hours()))
          + " costs "
          + dollars(forecast.raisingCost())
          + " ("
          + prices()
          + "), if it is lowered again afterwards";
    }
    boolean onlyMaxima =
        forecast.parts().stream()
            .filter(part -> part.missing() > 0)
            .allMatch(part -> part.capacity().writes() == Source.MAXIMUM);
    return onlyMaxima
        ? "Raising the maximum costs nothing by itself"
        : "Warming takes some time, and DynamoDB charges for it once";
  }

  private String prices() {
    return forecast.prices().text();
  }

  private static String count(double count, String noun) {
    return number(count) + " " + noun + (count == 1 ? "" : "s");
  }

  /** Whole, from 10 on; below that two digits, so that little is not none. */
  private static String number(double value) {
    return value == 0 || value >= 10
        ? String.format(Locale.ROOT, "%,.0f", value)
        : new BigDecimal(value).round(new MathContext(2)).stripTrailingZeros().toPlainString();
  }

  private static String dollars(double dollars) {
    return dollars > 0 && dollars < 0.01
        ? "less than $0.01"
        : String.format(Locale.ROOT, "$%,.2f", dollars);
  }

  /** In its two largest units, rounded up. */
  static String time(Duration time) {
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
