/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.cli.WorkerOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options for the rate at which a job writes; {@link BudgetPlan} defines their meaning. */
public interface WriteRateOptions extends WorkerOptions, PriceOptions {

  /** The default of {@code --writeRatio}. */
  double DEFAULT_WRITE_RATIO = 0.5;

  @Group(Group.Heading.BUDGET)
  @Description(
      "Share of the table's write capacity that the job may use, 0.1 to 1.5. Above 1 it requests"
          + " more than DynamoDB guarantees.")
  @Default.Double(DEFAULT_WRITE_RATIO)
  double getWriteRatio();

  void setWriteRatio(double value);

  @Group(Group.Heading.BUDGET)
  @Description(
      "Write units per second that an on-demand table can sustain. Default: its maximum"
          + " throughput, else its warm throughput, else the 4,000 of a new table. The embedded"
          + " DynamoDB (--local) has no limit and counts as 100,000.")
  @Nullable Double getOnDemandWriteUnits();

  void setOnDemandWriteUnits(Double value);
}
