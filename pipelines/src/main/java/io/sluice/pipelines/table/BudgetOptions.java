/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import io.sluice.pipelines.cli.Group;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options for the rate, time limit and prices of a pipeline that writes to a table. */
public interface BudgetOptions extends WriteRateOptions {

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
