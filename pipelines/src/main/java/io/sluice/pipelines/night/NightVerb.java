/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import io.sluice.pipelines.cli.Arguments;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.DriverVerb;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.OptionCatalog;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.planning.JobState;
import io.sluice.pipelines.planning.PlanSettings;
import io.sluice.pipelines.planning.PlannedJob;
import io.sluice.pipelines.planning.PlannedVerb;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;

/** The verb {@code night}. */
public final class NightVerb implements DriverVerb<NightOptions>, PlannedVerb<NightOptions> {

  @Override
  public String name() {
    return "night";
  }

  @Override
  public String about() {
    return "runs the steps of several tables as one file describes them, and goes on where it stopped";
  }

  @Override
  public Class<NightOptions> options() {
    return NightOptions.class;
  }

  @Override
  public int run(NightOptions options, Console console) {
    throw new IllegalStateException("a night needs the arguments as they were typed");
  }

  @Override
  public PlannedJob plan(NightOptions options, PlanSettings settings, Console console) {
    throw new IllegalStateException("a night needs the arguments as they were typed");
  }

  @Override
  public PlannedJob plan(
      NightOptions options, List<String> arguments, PlanSettings settings, Console console) {
    return NightEstimate.of(NightPlan.of(options, arguments), settings, console);
  }

  @Override
  public JobState state(NightOptions options, Console console) {
    throw new IllegalStateException("a night needs the arguments as they were typed");
  }

  @Override
  public JobState state(NightOptions options, List<String> arguments, Console console) {
    return NightEstimate.stateOf(NightPlan.of(options, arguments), console);
  }

  @Override
  public int run(NightOptions options, List<String> arguments, Console console) {
    NightPlan plan = NightPlan.of(options, arguments);
    if (plan.isDryRun()) {
      NightText.of(plan.night()).forEach(console.out()::println);
      return ExitCode.OK;
    }
    NightPlan.TemplatePlan template = plan.template();
    if (template != null) {
      return TemplateCommand.run(plan.night(), template, console);
    }
    // Where the ledger is, the defaults of all steps may say.
    NightOptions all =
        Arguments.parse(plan.ownArguments(), this, OptionCatalog.of(NightOptions.class));
    Aws.configure(all);
    FileSystems.setDefaultPipelineOptions(all);
    return NightCommand.run(plan, console);
  }

  /** The file may be typed without the option's name. */
  @Override
  public String named(String argument) {
    return "--file=" + argument;
  }
}
