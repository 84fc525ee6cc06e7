/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.planning.JobState;
import io.sluice.pipelines.planning.PlanSettings;
import io.sluice.pipelines.planning.PlannedJob;
import io.sluice.pipelines.planning.PlannedVerb;

/** The verb {@code export}. */
public final class ExportVerb implements PlannedVerb<ExportOptions> {

  @Override
  public String name() {
    return "export";
  }

  @Override
  public String about() {
    return "publishes the items of a DynamoDB table as a snapshot of files";
  }

  @Override
  public Class<ExportOptions> options() {
    return ExportOptions.class;
  }

  @Override
  public void check(ExportOptions options) {
    ExportPlan.of(options);
  }

  @Override
  public int run(ExportOptions options, Console console) {
    return ExportPipeline.run(options, console);
  }

  @Override
  public PlannedJob plan(ExportOptions options, PlanSettings settings, Console console) {
    return ExportEstimate.of(options, settings, console);
  }

  @Override
  public JobState state(ExportOptions options, Console console) {
    return ExportEstimate.stateOf(options, console);
  }
}
