/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import java.time.Duration;

/**
 * A forecast of the time and cost of scanning a table or an index with a job's share of its
 * capacity. It is based on the size that DynamoDB reports, which is updated about every six hours.
 *
 * @param what the name of what is scanned, for people
 * @param load the items and bytes to read
 * @param onDemand whether requests are paid for, rather than hours
 * @param capacity the capacity of the table or index
 * @param budget the share of it that the job may use
 * @param prices DynamoDB's prices
 */
public record ReadForecast(
    String what, ReadLoad load, boolean onDemand, Capacity capacity, Budget budget, Prices prices) {

  /** Returns about how long the scan takes with the job's share, in whole seconds. */
  public Duration takes() {
    return Duration.ofSeconds(
        (long) Math.ceil(load.units() / budget.allowed(capacity.readUnits())));
  }

  /**
   * Returns the price in dollars of the reads of an on-demand table; 0 for a provisioned table,
   * which is paid for anyway.
   */
  public double readingCost() {
    return onDemand ? prices.ofReads(load.units()) : 0;
  }
}
