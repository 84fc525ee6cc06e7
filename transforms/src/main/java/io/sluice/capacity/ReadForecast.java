/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import java.time.Duration;

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
  public double readingCost() {
    return onDemand ? prices.ofReads(load.units()) : 0;
  }
}
