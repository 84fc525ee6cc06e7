/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import io.sluice.capacity.Prices;
import io.sluice.capacity.TableCapacity;
import io.sluice.plan.Charges;
import io.sluice.plan.Estimate;
import io.sluice.plan.JobPlanJson;
import io.sluice.storage.S3Meter;
import java.io.Serializable;

/**
 * The bill of what a job consumed, in the terms of its plan: the units of its table, and requests
 * to S3 where all of the job was in one JVM. What the runner costs, and the storage, is not in it.
 *
 * @param capacity of the table
 * @param prices of its region
 * @param requests of the job to S3
 */
public record JobCost(TableCapacity capacity, Prices prices, S3Meter requests)
    implements Serializable {
  /** The name of the section of a report. */
  public static final String NAME = "cost";

  /** The name of the section of a report with the plan that it is a run of. */
  public static final String PLANNED = "planned";

  String toJson(Consumption consumption) {
    Charges charges =
        Charges.at(prices)
            .units(
                capacity,
                Estimate.exactly(consumption.reads().total()),
                Estimate.exactly(consumption.writes().total()));
    requests
        .count()
        .ifPresent(
            sent ->
                charges.requests(Estimate.exactly(sent.writes()), Estimate.exactly(sent.reads())));
    return JobPlanJson.of(charges.bill()).toString();
  }
}
