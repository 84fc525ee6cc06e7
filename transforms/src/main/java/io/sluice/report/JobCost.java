/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import io.sluice.capacity.Prices;
import io.sluice.capacity.TableCapacity;
import io.sluice.plan.Bill;
import io.sluice.plan.Charges;
import io.sluice.plan.Estimate;
import io.sluice.plan.JobPlanJson;
import java.io.Serializable;

/**
 * The bill of the units that a job consumed, in the terms of its plan. What S3 and the runner cost
 * is not in it.
 *
 * @param capacity of the table
 * @param prices of its region
 */
public record JobCost(TableCapacity capacity, Prices prices) implements Serializable {
  /** The name of the section of a report. */
  public static final String NAME = "cost";

  /** The name of the section of a report with the plan that it is a run of. */
  public static final String PLANNED = "planned";

  String toJson(Consumption consumption) {
    Bill bill =
        Charges.at(prices)
            .units(
                capacity,
                Estimate.exactly(consumption.reads().total()),
                Estimate.exactly(consumption.writes().total()))
            .bill();
    return JobPlanJson.of(bill).toString();
  }
}
