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

/** Options of a pipeline that writes to a table: how fast, until when, at what price. */
public interface BudgetOptions extends WorkerOptions {

  @Group(Group.Heading.BUDGET)
  @Description(
      "The share of the table's write capacity that the job may use, 0.1 to 1.5. Above 1 it asks for"
          + " more than DynamoDB promises.")
  @Default.Double(0.5)
  double getWriteRatio();

  void setWriteRatio(double value);

  @Group(Group.Heading.BUDGET)
  @Description(
      "Write units a second that an on-demand table can do. Default: its maximum, else its warm"
          + " throughput, else the 4,000 of a new table. The embedded DynamoDB (--local) has no limit"
          + " and is taken for 100,000.")
  @Nullable Double getOnDemandWriteUnits();

  void setOnDemandWriteUnits(Double value);

  @Group(Group.Heading.BUDGET)
  @Description(
      "Time within which the items are to be written, such as 20m or 1h30m: reports, before it"
          + " writes, whether the table and the ratio allow that, what is missing and what it costs. Reads the"
          + " input twice.")
  @Nullable String getDeadline();

  void setDeadline(String value);

  @Group(Group.Heading.BUDGET)
  @Description(
      "Stop writing after this time, such as 30m, counted from the start of the job: what is on its"
          + " way is finished, the rest is left and counted, and the exit code is 1.")
  @Nullable String getTerminateAfter();

  void setTerminateAfter(String value);

  @Group(Group.Heading.BUDGET)
  @Description(
      "Dollars for a provisioned write unit for an hour. Default: the list price of us-east-1.")
  @Nullable Double getWriteUnitHourPrice();

  void setWriteUnitHourPrice(Double value);

  @Group(Group.Heading.BUDGET)
  @Description("Dollars for a million on-demand write units. Default: the list price of us-east-1.")
  @Nullable Double getMillionWritesPrice();

  void setMillionWritesPrice(Double value);
}
