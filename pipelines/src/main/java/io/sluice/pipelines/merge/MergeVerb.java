/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.planning.JobState;
import io.sluice.pipelines.planning.PlanSettings;
import io.sluice.pipelines.planning.PlannedJob;
import io.sluice.pipelines.planning.PlannedVerb;

/** The verb {@code merge}. */
public final class MergeVerb implements PlannedVerb<MergeOptions> {

  @Override
  public String name() {
    return "merge";
  }

  @Override
  public String about() {
    return "makes a snapshot as of a point in time, from an earlier one and changes";
  }

  @Override
  public Class<MergeOptions> options() {
    return MergeOptions.class;
  }

  @Override
  public void check(MergeOptions options) {
    MergePlan.of(options);
  }

  @Override
  public int run(MergeOptions options, Console console) {
    return MergePipeline.run(options, console);
  }

  @Override
  public PlannedJob plan(MergeOptions options, PlanSettings settings, Console console) {
    return MergeEstimate.of(options, settings);
  }

  @Override
  public JobState state(MergeOptions options, Console console) {
    return MergeEstimate.stateOf(options);
  }
}
