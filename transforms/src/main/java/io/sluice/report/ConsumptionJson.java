/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The part of a report with the units that a job consumed, whose components are its members. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ConsumptionJson(@Nullable Units reads, @Nullable Units writes) {
  static final String NAME = "consumed";

  record Units(
      double table,
      Map<String, Double> indexes,
      long requests,
      Map<String, Long> throttled,
      long secondsPerPoint,
      List<At> points) {

    static @Nullable Units of(ConsumedUnits units) {
      if (units.equals(ConsumedUnits.NONE)) {
        return null;
      }
      List<At> points =
          units.timeline().points().entrySet().stream()
              .map(
                  at ->
                      new At(
                          Instant.ofEpochSecond(at.getKey()).toString(),
                          at.getValue().units(),
                          at.getValue().allowed()))
              .toList();
      return new Units(
          units.table(),
          units.indexes(),
          units.requests(),
          units.throttled(),
          units.timeline().secondsPerPoint(),
          points);
    }

    static ConsumedUnits toUnits(@Nullable Units json) {
      if (json == null) {
        return ConsumedUnits.NONE;
      }
      TreeMap<Long, Timeline.Point> points = new TreeMap<>();
      for (At at : json.points) {
        points.put(
            Instant.parse(at.at()).getEpochSecond(), new Timeline.Point(at.units(), at.allowed()));
      }
      return new ConsumedUnits(
          json.table,
          json.indexes,
          json.requests,
          json.throttled,
          new Timeline(json.secondsPerPoint, points));
    }
  }

  record At(String at, double units, double allowed) {}

  static ConsumptionJson of(Consumption consumption) {
    return new ConsumptionJson(Units.of(consumption.reads()), Units.of(consumption.writes()));
  }

  Consumption toConsumption() {
    return new Consumption(Units.toUnits(reads), Units.toUnits(writes));
  }
}
