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

/** The options for the rate, time limit and prices of a pipeline that writes to a table. */
public interface BudgetOptions extends WorkerOptions {

  @Group(Group.Heading.BUDGET)
  @Description(
      "Share of the table's write capacity that the job may use, 0.1 to 1.5. Above 1 it requests"
          + " more than DynamoDB guarantees.")
  @Default.Double(0.5)
  double getWriteRatio();

  void setWriteRatio(double value);

  @Group(Group.Heading.BUDGET)
  @Description(
      "Write units per second that an on-demand table can sustain. Default: its maximum"
          + " throughput, else its warm throughput, else the 4,000 of a new table. The embedded"
          + " DynamoDB (--local) has no limit and counts as 100,000.")
  @Nullable Double getOnDemandWriteUnits();

  void setOnDemandWriteUnits(Double value);

  @Group(Group.Heading.BUDGET)
  @Description(
      "Time in which the items should be written, such as 20m or 1h30m. Before the first write,"
          + " the job reports whether the table and the ratio allow it, what is missing and what"
          + " that would cost. Reads the input twice.")
  @Nullable String getDeadline();

  void setDeadline(String value);

  @Group(Group.Heading.BUDGET)
  @Description(
      "Stop writing after this time, such as 30m, measured from the start of the job. Requests in"
          + " flight are completed, the remaining items are left and counted, and the exit code"
          + " is 1.")
  @Nullable String getTerminateAfter();

  void setTerminateAfter(String value);

  @Group(Group.Heading.BUDGET)
  @Description(
      "Price of a provisioned write unit per hour in dollars. Default: the list price of"
          + " us-east-1.")
  @Nullable Double getWriteUnitHourPrice();

  void setWriteUnitHourPrice(Double value);

  @Group(Group.Heading.BUDGET)
  @Description(
      "Price of a million on-demand write units in dollars. Default: the list price of us-east-1.")
  @Nullable Double getMillionWritesPrice();

  void setMillionWritesPrice(Double value);
}
