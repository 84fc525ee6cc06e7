/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * About how long it takes to scan a table, or an index, with the share of its capacity that a job
 * may use, and what that costs. DynamoDB counts the items every six hours or so, and what it has
 * counted is all that is known here.
 *
 * @param what what is scanned, as people call it
 * @param load what is to be read
 * @param onDemand whether requests are paid for, not hours
 * @param capacity what it can do
 * @param budget the share of it that the job may use
 * @param prices what DynamoDB charges
 */
public record ReadForecast(
    String what, ReadLoad load, boolean onDemand, Capacity capacity, Budget budget, Prices prices) {

  /** How long it takes with what the job may use, in whole seconds, about. */
  public Duration takes() {
    return Duration.ofSeconds(
        (long) Math.ceil(load.units() / budget.allowed(capacity.readUnits())));
  }

  /** Dollars for the reads of an on-demand table; 0 for a provisioned one, paid for anyway. */
  public double cost() {
    return onDemand ? prices.ofReads(load.units()) : 0;
  }

  /** The forecast in sentences, one a line, for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    String share = Figures.share(budget, capacity.readUnits(), capacity.reads()) + ".";
    if (load.isKnown()) {
      lines.add(work() + " " + share);
      lines.add("With what the job may use it takes about " + Figures.time(takes()) + ".");
    } else {
      lines.add(
          "DynamoDB has counted no items in "
              + what
              + ", which it does every six hours or so: how long it takes is not known. "
              + share);
    }
    lines.add(price());
    return lines;
  }

  private String work() {
    return Figures.count((double) load.items(), "item")
        + (load.items() == 1 ? " was" : " were")
        + " in "
        + what
        + " when DynamoDB last counted, which it does every six hours or so: to read them takes"
        + " about "
        + Figures.count(load.units(), "read unit")
        + ".";
  }

  private String price() {
    if (!onDemand) {
      return "The table is provisioned: its units are paid for by the hour, and the reads cost"
          + " nothing more.";
    }
    return "The table is on-demand: "
        + (load.isKnown()
            ? "the reads cost " + Figures.aboutDollars(cost())
            : "a million read units cost $" + BigDecimal.valueOf(prices.millionReads()))
        + " ("
        + prices.text()
        + ").";
  }
}
