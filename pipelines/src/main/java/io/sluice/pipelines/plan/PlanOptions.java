/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.plan;

import io.sluice.pipelines.cli.Group;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options of a plan, beside those of the verb that is planned. */
public interface PlanOptions extends PipelineOptions {

  @Group(Group.Heading.OUTPUT)
  @Description("Print the plan as JSON.")
  @Default.Boolean(false)
  boolean isJson();

  void setJson(boolean value);

  @Group(Group.Heading.OUTPUT)
  @Description(
      "File on this machine for the plan, with what it depends on: the options, the input files, the"
          + " table and its capacity.")
  @Nullable String getOut();

  void setOut(String value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Run what the plan in this file is of, unless something that it depends on has changed since:"
          + " then nothing is run, and the exit code is 1.")
  @Nullable String getApply();

  void setApply(String value);

  @Group(Group.Heading.BUDGET)
  @Description(
      "Most read units of a sample that shows how many items a table has now; DynamoDB's own count"
          + " may be six hours old. 0 for none.")
  @Default.Double(100)
  double getSampleUnits();

  void setSampleUnits(double value);

  @Group(Group.Heading.BUDGET)
  @Description("Price of an hour of what runs the job in dollars. Default: that is not counted.")
  @Nullable Double getRunnerHourPrice();

  void setRunnerHourPrice(Double value);
}
