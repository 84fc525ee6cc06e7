/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.planning;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.cli.Verb;
import java.util.List;

/**
 * A verb that can say before it runs what it will do and cost.
 *
 * @param <O> its options
 */
public interface PlannedVerb<O extends SluiceOptions> extends Verb<O> {

  /**
   * Plans a run. Writes nothing, and reads of a table no more than the settings allow.
   *
   * @throws io.sluice.pipelines.cli.UsageException when the options are wrong
   * @throws io.sluice.pipelines.cli.JobException when the run could not begin
   */
  PlannedJob plan(O options, PlanSettings settings, Console console);

  /**
   * Plans a run, for a verb that also needs the arguments as they were typed, as options.
   *
   * @throws io.sluice.pipelines.cli.UsageException when the options are wrong
   * @throws io.sluice.pipelines.cli.JobException when the run could not begin
   */
  default PlannedJob plan(
      O options, List<String> arguments, PlanSettings settings, Console console) {
    return plan(options, settings, console);
  }

  /** Returns what the plan depends on, for a verb that also needs the arguments. */
  default JobState state(O options, List<String> arguments, Console console) {
    return state(options, console);
  }

  /** Returns what the plan of a run with these options depends on, as it is now. */
  JobState state(O options, Console console);
}
