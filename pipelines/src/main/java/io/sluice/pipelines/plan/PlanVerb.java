/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.plan;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.DriverVerb;
import io.sluice.pipelines.cli.UsageException;
import java.util.List;

/** The verb {@code plan}, which is followed by another one. */
public final class PlanVerb implements DriverVerb<PlanOptions> {

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public String about() {
    return "says what a run of another verb, or a night, will read, write, take and cost: plan import"
        + " --input=...";
  }

  @Override
  public Class<PlanOptions> options() {
    return PlanOptions.class;
  }

  @Override
  public boolean isOuter() {
    return true;
  }

  @Override
  public int run(PlanOptions options, Console console) {
    throw new UsageException("plan needs the verb that is planned");
  }

  @Override
  public int run(PlanOptions options, List<String> arguments, Console console) {
    return Plan.run(options, arguments, console);
  }
}
