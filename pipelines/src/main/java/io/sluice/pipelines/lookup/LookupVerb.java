/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.lookup;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.planning.JobState;
import io.sluice.pipelines.planning.PlanSettings;
import io.sluice.pipelines.planning.PlannedJob;
import io.sluice.pipelines.planning.PlannedVerb;

/** The verb {@code lookup}. */
public final class LookupVerb implements PlannedVerb<LookupOptions> {

  @Override
  public String name() {
    return "lookup";
  }

  @Override
  public String about() {
    return "keeps, drops or enriches events in files by what a DynamoDB table holds";
  }

  @Override
  public Class<LookupOptions> options() {
    return LookupOptions.class;
  }

  @Override
  public void check(LookupOptions options) {
    LookupPlan.of(options);
  }

  @Override
  public int run(LookupOptions options, Console console) {
    return LookupPipeline.run(options, console);
  }

  @Override
  public PlannedJob plan(LookupOptions options, PlanSettings settings, Console console) {
    return LookupEstimate.of(options, settings, console);
  }

  @Override
  public JobState state(LookupOptions options, Console console) {
    return LookupEstimate.stateOf(options, console);
  }
}
