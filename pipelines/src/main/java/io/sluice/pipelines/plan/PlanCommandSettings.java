/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.plan;

import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.planning.PlanSettings;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The validated options of a plan.
 *
 * @param out the file for the plan; null for none
 * @param apply the file of a plan that is run; null to make one
 */
record PlanCommandSettings(
    boolean isJson, @Nullable String out, @Nullable String apply, PlanSettings settings) {

  /**
   * Validates the options.
   *
   * @throws UsageException with all errors
   */
  static PlanCommandSettings of(PlanOptions options) {
    OptionErrors problems = new OptionErrors();
    double sample = options.getSampleUnits();
    if (!(sample >= 0 && Double.isFinite(sample))) {
      problems.add("--sampleUnits=" + sample + " must be read units, 0 or more");
    }
    Double hour = options.getRunnerHourPrice();
    if (hour != null && !(hour >= 0 && Double.isFinite(hour))) {
      problems.add("--runnerHourPrice=" + hour + " must be dollars, 0 or more");
    }
    if (options.getApply() != null && (options.getOut() != null || options.isJson())) {
      problems.add("--apply runs a plan that is there: --out and --json are for making one");
    }
    problems.throwIfAny();
    return new PlanCommandSettings(
        options.isJson(), options.getOut(), options.getApply(), new PlanSettings(sample, hour));
  }
}
