/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A forecast of the time of writing to a table with a job's share of its capacity: whether it meets
 * a deadline and, if not, the capacity and cost of meeting it.
 *
 * @param table the table's name
 * @param load the items and units to write
 * @param deadline the time within which to write, above 0; null for none
 * @param capacity the table's capacity
 * @param budget the share of it that the job may use
 * @param prices DynamoDB's prices
 */
public record WriteForecast(
    String table,
    WriteLoad load,
    @Nullable Duration deadline,
    TableCapacity capacity,
    Budget budget,
    Prices prices) {

  private static final double NANOS = 1e9;
  private static final long HOUR_SECONDS = 3600;

  /** A millionth of a unit is treated as rounding. */
  private static final double ROUNDING = 1e-6;

  public WriteForecast {
    if (deadline != null && (deadline.isNegative() || deadline.isZero())) {
      throw new IllegalArgumentException("deadline " + deadline + " must be above 0");
    }
    for (String index : load.indexUnits().keySet()) {
      if (!capacity.indexes().containsKey(index)) {
        throw new IllegalArgumentException(
            "indexUnits of '" + index + "': must be of a global index of the table " + table);
      }
    }
  }

  /** Returns the table's part, then those of the indexes whose units are known, by name. */
  public List<WriteForecastPart> parts() {
    List<WriteForecastPart> parts = new ArrayList<>();
    parts.add(part(Throttle.TABLE, load.tableUnits(), capacity.table()));
    for (Map.Entry<String, Double> index : new TreeMap<>(load.indexUnits()).entrySet()) {
      parts.add(part(index.getKey(), index.getValue(), capacity.indexes().get(index.getKey())));
    }
    return parts;
  }

  private WriteForecastPart part(String index, double units, Capacity of) {
    double required = deadline == null ? 0 : units / (deadline.toNanos() / NANOS);
    double missing = Math.ceil(required / budget.ratio() - of.writeUnits() - ROUNDING);
    return new WriteForecastPart(
        index, units, of, budget.allowed(of.writeUnits()), required, (long) Math.max(0, missing));
  }

  /** Whether the job's share is enough to meet the deadline; true without a deadline. */
  public boolean isEnough() {
    return parts().stream().allMatch(part -> part.missing() == 0);
  }

  /**
   * Returns the whole write units a second, 1 or more, of which the job's share meets the deadline,
   * by index; those of the table under {@link Throttle#TABLE}. Parts with nothing to write have
   * none, and without a deadline there are none.
   */
  public Map<String, Long> neededWrites() {
    Map<String, Long> needed = new TreeMap<>();
    for (WriteForecastPart part : parts()) {
      if (part.required() > 0) {
        needed.put(
            part.index(),
            (long) Math.max(1, Math.ceil(part.required() / budget.ratio() - ROUNDING)));
      }
    }
    return needed;
  }

  /**
   * Returns how long the job takes with its share, in whole seconds: as long as its slowest part.
   */
  public Duration takes() {
    double seconds =
        parts().stream().mapToDouble(part -> part.units() / part.allowed()).max().orElse(0);
    return Duration.ofSeconds((long) Math.ceil(seconds - ROUNDING));
  }

  /** Returns the hours for which raised capacity is paid: the hours of the deadline, rounded up. */
  long hours() {
    return deadline == null ? 0 : Math.max(1, ceilOfHours(deadline));
  }

  private static long ceilOfHours(Duration time) {
    long hours = time.toSeconds() / HOUR_SECONDS;
    return time.compareTo(Duration.ofHours(hours)) > 0 ? hours + 1 : hours;
  }

  /**
   * Returns the price in dollars of the missing capacity, for the hours of the deadline; 0 for an
   * on-demand table, because a higher maximum costs nothing and the charge for warming is not known
   * here.
   */
  public double raisingCost() {
    long missing = parts().stream().mapToLong(WriteForecastPart::missing).sum();
    return capacity.onDemand() ? 0 : prices.ofProvisionedWrites(missing, hours());
  }

  /**
   * Returns the price in dollars of the writes to an on-demand table; 0 for a provisioned table,
   * which is paid for anyway.
   */
  public double writingCost() {
    return capacity.onDemand() ? prices.ofWrites(load.units()) : 0;
  }

  /** Returns the AWS CLI command that adds the missing capacity; empty when there is enough. */
  public Optional<String> command() {
    return isEnough() ? Optional.empty() : Optional.of(UpdateTableCommand.of(table, parts()));
  }
}
