/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.diff;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.Verb;

/** The verb {@code diff}. */
public final class DiffVerb implements Verb<DiffOptions> {

  @Override
  public String name() {
    return "diff";
  }

  @Override
  public String about() {
    return "compares two snapshots of a table, or a snapshot and the table";
  }

  @Override
  public Class<DiffOptions> options() {
    return DiffOptions.class;
  }

  @Override
  public void check(DiffOptions options) {
    DiffPlan.of(options);
  }

  @Override
  public int run(DiffOptions options, Console console) {
    return DiffPipeline.run(options, console);
  }
}
