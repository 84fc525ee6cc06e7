/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import io.sluice.capacity.Capacity.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Prints a forecast of writes as sentences, one a line, for people. */
public record WriteForecastText(WriteForecast forecast) {
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (WriteForecastPart part : forecast.parts()) {
      lines.add(work(part) + " " + verdict(part));
    }
    lines.add("With what the job may use it takes " + ForecastFormat.time(forecast.takes()) + ".");
    forecast.command().ifPresent(command -> lines.add(raising() + ": " + command));
    if (forecast.capacity().onDemand()) {
      lines.add(
          "The writes cost "
              + ForecastFormat.dollars(forecast.writingCost())
              + " ("
              + prices()
              + ").");
    }
    List<String> vectors = forecast.capacity().vectorIndexes();
    if (!vectors.isEmpty()) {
      lines.add(
          "Not counted: what the vector "
              + (vectors.size() == 1 ? "index " : "indexes ")
              + String.join(", ", vectors)
              + (vectors.size() == 1 ? " takes" : " take")
              + ", in time and cost.");
    }
    return lines;
  }

  private String work(WriteForecastPart part) {
    String units = ForecastFormat.count(part.units(), "write unit");
    long items = forecast.load().items();
    String work =
        part.isTable()
            ? ForecastFormat.count((double) items, "item")
                + (items == 1 ? " takes " : " take ")
                + units
            : "The index " + part.index() + " takes " + units;
    Duration deadline = forecast.deadline();
    return deadline == null
        ? work + "."
        : work
            + "; in "
            + ForecastFormat.time(deadline)
            + " that is "
            + ForecastFormat.number(part.required())
            + " a second.";
  }

  private String verdict(WriteForecastPart part) {
    Capacity capacity = part.capacity();
    String verdict =
        ForecastFormat.share(forecast.budget(), capacity.writeUnits(), capacity.writes());
    if (forecast.deadline() == null) {
      return verdict + ".";
    }
    return part.missing() == 0
        ? verdict + ": enough."
        : verdict
            + ": not enough, "
            + ForecastFormat.count((double) part.missing(), "unit")
            + (part.missing() == 1 ? " a second is missing." : " a second are missing.");
  }

  private String raising() {
    if (!forecast.capacity().onDemand()) {
      return "Raising the capacity for "
          + ForecastFormat.time(Duration.ofHours(forecast.hours()))
          + " costs "
          + ForecastFormat.dollars(forecast.raisingCost())
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
}
