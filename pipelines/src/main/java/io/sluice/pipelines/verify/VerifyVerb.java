/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.verify;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.planning.JobState;
import io.sluice.pipelines.planning.PlanSettings;
import io.sluice.pipelines.planning.PlannedJob;
import io.sluice.pipelines.planning.PlannedVerb;

/** The verb {@code verify}. */
public final class VerifyVerb implements PlannedVerb<VerifyOptions> {

  @Override
  public String name() {
    return "verify";
  }

  @Override
  public String about() {
    return "compares files or a database with the contents of a DynamoDB table";
  }

  @Override
  public Class<VerifyOptions> options() {
    return VerifyOptions.class;
  }

  @Override
  public void check(VerifyOptions options) {
    VerifyPlan.of(options);
  }

  @Override
  public int run(VerifyOptions options, Console console) {
    return VerifyPipeline.run(options, console);
  }

  @Override
  public PlannedJob plan(VerifyOptions options, PlanSettings settings, Console console) {
    return VerifyEstimate.of(options, settings, console);
  }

  @Override
  public JobState state(VerifyOptions options, Console console) {
    return VerifyEstimate.stateOf(options, console);
  }
}
