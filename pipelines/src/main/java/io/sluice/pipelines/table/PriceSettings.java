/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import io.sluice.capacity.Prices;
import io.sluice.capacity.TableCapacity;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.report.JobCost;
import io.sluice.report.Report;
import io.sluice.storage.S3Meter;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The prices of a job, and its plan.
 *
 * @param planned the plan that the job is a run of, in JSON; null for none
 */
public record PriceSettings(Prices prices, @Nullable String planned) {

  /** Returns the prices of writing to a table, by options that have been checked. */
  public static PriceSettings ofWrites(SluiceOptions options) {
    OptionErrors checked = new OptionErrors();
    Prices prices = BudgetPlan.prices(options.as(BudgetOptions.class), checked);
    checked.throwIfAny();
    return of(prices, options);
  }

  /** Returns these prices. */
  public static PriceSettings of(Prices prices, SluiceOptions options) {
    return new PriceSettings(prices, options.getPlanned());
  }

  /** Returns the report of a job, with its bill and its plan. */
  public Report report(Map<String, Object> properties, TableCapacity capacity) {
    return Report.of(properties)
        .withCost(new JobCost(capacity, prices, S3Meter.ofJob()))
        .withPlan(planned);
  }
}
