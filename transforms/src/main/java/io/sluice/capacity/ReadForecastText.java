/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Prints a forecast of reads as sentences, one a line, for people. */
public record ReadForecastText(ReadForecast forecast) {
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    String share =
        ForecastFormat.share(
                forecast.budget(), forecast.capacity().readUnits(), forecast.capacity().reads())
            + ".";
    if (forecast.load().isKnown()) {
      lines.add(work() + " " + share);
      lines.add(
          "With what the job may use it takes about "
              + ForecastFormat.time(forecast.takes())
              + ".");
    } else {
      lines.add(
          "DynamoDB has counted no items in "
              + forecast.what()
              + ", which it does every six hours or so: how long it takes is not known. "
              + share);
    }
    lines.add(price());
    return lines;
  }

  private String work() {
    return ForecastFormat.count((double) forecast.load().items(), "item")
        + (forecast.load().items() == 1 ? " was" : " were")
        + " in "
        + forecast.what()
        + " when DynamoDB last counted, which it does every six hours or so: to read them takes"
        + " about "
        + ForecastFormat.count(forecast.load().units(), "read unit")
        + ".";
  }

  private String price() {
    if (!forecast.onDemand()) {
      return "The table is provisioned: its units are paid for by the hour, and the reads cost"
          + " nothing more.";
    }
    return "The table is on-demand: "
        + (forecast.load().isKnown()
            ? "the reads cost " + ForecastFormat.aboutDollars(forecast.readingCost())
            : "a million read units cost $" + BigDecimal.valueOf(forecast.prices().millionReads()))
        + " ("
        + forecast.prices().text()
        + ").";
  }
}
