/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.planning.JobState;
import io.sluice.pipelines.planning.PlanSettings;
import io.sluice.pipelines.planning.PlannedJob;
import io.sluice.pipelines.planning.PlannedVerb;

/** The verb {@code import}. */
public final class ImportVerb implements PlannedVerb<ImportOptions> {

  @Override
  public String name() {
    return "import";
  }

  @Override
  public String about() {
    return "loads files, a database or changes into a DynamoDB table";
  }

  @Override
  public Class<ImportOptions> options() {
    return ImportOptions.class;
  }

  @Override
  public void check(ImportOptions options) {
    if (RaisePlan.isRestore(options)) {
      RaisePlan.restored(options);
    } else {
      ImportPlan.of(options);
    }
  }

  @Override
  public int run(ImportOptions options, Console console) {
    return RaisePlan.isRestore(options)
        ? RaisedTable.restore(options, RaisePlan.restored(options), console)
        : ImportPipeline.run(options, console);
  }

  @Override
  public PlannedJob plan(ImportOptions options, PlanSettings settings, Console console) {
    return ImportEstimate.of(options, settings, console);
  }

  @Override
  public JobState state(ImportOptions options, Console console) {
    return ImportEstimate.stateOf(options, console);
  }
}
