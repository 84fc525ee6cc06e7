/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.capture;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.planning.JobState;
import io.sluice.pipelines.planning.PlanSettings;
import io.sluice.pipelines.planning.PlannedJob;
import io.sluice.pipelines.planning.PlannedVerb;

/** The verb {@code capture}. */
public final class CaptureVerb implements PlannedVerb<CaptureOptions> {

  @Override
  public String name() {
    return "capture";
  }

  @Override
  public String about() {
    return "adds the changes of a DynamoDB table to files, from its stream";
  }

  @Override
  public Class<CaptureOptions> options() {
    return CaptureOptions.class;
  }

  @Override
  public void check(CaptureOptions options) {
    CapturePlan.of(options);
  }

  @Override
  public int run(CaptureOptions options, Console console) {
    return CapturePipeline.run(options, console);
  }

  @Override
  public PlannedJob plan(CaptureOptions options, PlanSettings settings, Console console) {
    return CaptureEstimate.of(options, settings, console);
  }

  @Override
  public JobState state(CaptureOptions options, Console console) {
    return CaptureEstimate.stateOf(options, console);
  }
}
