/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.verify;

import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.input.InputSettings;
import io.sluice.pipelines.table.ReadBudgetPlan;

/**
 * The validated options of a verification, before any request is sent.
 *
 * @param source the input
 * @param budget how fast to read the table
 * @param full whether items that are only in the table are reported too
 */
record VerifyPlan(InputSettings source, ReadBudgetPlan budget, boolean full) {

  /**
   * Validates the options.
   *
   * @throws UsageException with all errors
   */
  static VerifyPlan of(VerifyOptions options) {
    OptionErrors problems = new OptionErrors();
    InputSettings source = InputSettings.of(options, problems);
    ReadBudgetPlan budget = ReadBudgetPlan.of(options, problems);
    problems.throwIfAny();
    return new VerifyPlan(source, budget, options.isFull());
  }
}
