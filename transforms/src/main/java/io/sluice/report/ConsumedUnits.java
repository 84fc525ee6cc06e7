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
 * The capacity units that the requests of a job consumed, as DynamoDB reported them. A bundle that
 * was repeated counts once: what its failed attempts consumed is not in it.
 *
 * @param table units of the table and its local indexes, 0 or more
 * @param indexes units of each global index, by its name
 * @param requests how many requests were answered or failed
 * @param throttled how many of them DynamoDB refused because of the rate, in whole or in part, by
 *     the limit that it named
 * @param timeline the units of the table over time
 */
public record ConsumedUnits(
    double table,
    Map<String, Double> indexes,
    long requests,
    Map<String, Long> throttled,
    Timeline timeline)
    implements Serializable {
  /** No requests. */
  static final ConsumedUnits NONE = new ConsumedUnits(0, Map.of(), 0, Map.of(), Timeline.empty());

  public ConsumedUnits {
    indexes = new TreeMap<>(indexes);
    throttled = new TreeMap<>(throttled);
  }

  /** Returns units of a table whose requests and times are not known. */
  public static ConsumedUnits ofTable(double units) {
    return new ConsumedUnits(units, Map.of(), 0, Map.of(), Timeline.empty());
  }

  /** Returns the units of the table and of all its indexes. */
  public double total() {
    return table + indexes.values().stream().mapToDouble(units -> units).sum();
  }

  ConsumedUnits plus(ConsumedUnits other) {
    Map<String, Double> units = new TreeMap<>(indexes);
    other.indexes.forEach((name, more) -> units.merge(name, more, Double::sum));
    Map<String, Long> refused = new TreeMap<>(throttled);
    other.throttled.forEach((limit, more) -> refused.merge(limit, more, Long::sum));
    return new ConsumedUnits(
        table + other.table,
        units,
        requests + other.requests,
        refused,
        timeline.plus(other.timeline));
  }
}
