/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.history;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.DriverVerb;

/** The verb {@code history}. */
public final class HistoryVerb implements DriverVerb<HistoryOptions> {

  @Override
  public String name() {
    return "history";
  }

  @Override
  public String about() {
    return "lists the versions of one item in snapshots and changes, by time";
  }

  @Override
  public Class<HistoryOptions> options() {
    return HistoryOptions.class;
  }

  @Override
  public void check(HistoryOptions options) {
    HistoryPlan.of(options);
  }

  @Override
  public int run(HistoryOptions options, Console console) {
    return History.run(options, console);
  }
}
