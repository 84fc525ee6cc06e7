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

/**
 * The options for the rate at which a pipeline reads a table; {@link ReadBudgetPlan} defines their
 * meaning.
 */
public interface ReadBudgetOptions extends WorkerOptions {

  @Group(Group.Heading.BUDGET)
  @Description("Share of the table's read capacity that the job may use, 0.1 to 1.5.")
  @Default.Double(0.25)
  double getReadRatio();

  void setReadRatio(double value);

  @Group(Group.Heading.BUDGET)
  @Description(
      "Read units per second that an on-demand table can sustain. Default: its maximum"
          + " throughput, else its warm throughput, else the 12,000 of a new table. The embedded"
          + " DynamoDB (--local) has no limit and counts as 100,000.")
  @Nullable Double getOnDemandReadUnits();

  void setOnDemandReadUnits(Double value);
}
