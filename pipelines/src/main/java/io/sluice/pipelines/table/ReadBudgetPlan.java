/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import io.sluice.capacity.Budget;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.job.WorkerSlots;

/**
 * How fast to read.
 *
 * @param budget the share of the table's capacity, divided among the workers
 * @param onDemand what the table can do when it is on-demand, if that is given
 */
public record ReadBudgetPlan(Budget budget, OnDemandUnits onDemand) {

  /** Parses the options; if an error is recorded, the plan must not be used. */
  public static ReadBudgetPlan of(ReadBudgetOptions options, OptionErrors problems) {
    Budget budget = Budget.ofRatio(1);
    try {
      budget = Budget.ofRatio(options.getReadRatio());
    } catch (IllegalArgumentException e) {
      problems.add("--readRatio=" + options.getReadRatio() + " must be 0.1 to 1.5");
    }
    Double reads = options.getOnDemandReadUnits();
    if (reads == null && options.isLocal()) {
      reads = BudgetPlan.LOCAL_UNITS;
    } else if (reads != null && !(reads >= 1 && Double.isFinite(reads))) {
      problems.add("--onDemandReadUnits=" + reads + " must be 1 or more");
      reads = null;
    }
    return new ReadBudgetPlan(
        budget.withWorkers(WorkerSlots.of(options, options.getWorkers(), problems)),
        new OnDemandUnits(reads, null));
  }
}
