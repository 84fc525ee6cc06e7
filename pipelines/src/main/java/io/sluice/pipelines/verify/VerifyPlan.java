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
 * What the options of the verification mean together, before anything outside is asked.
 *
 * @param source what is read
 * @param budget how fast to read the table
 * @param full whether what only the table has is reported, too
 */
record VerifyPlan(InputSettings source, ReadBudgetPlan budget, boolean full) {

  /**
   * @throws UsageException with everything that is wrong
   */
  static VerifyPlan of(VerifyOptions options) {
    OptionErrors problems = new OptionErrors();
    InputSettings source = InputSettings.of(options, problems);
    ReadBudgetPlan budget = ReadBudgetPlan.of(options, problems);
    problems.throwIfAny();
    return new VerifyPlan(source, budget, options.isFull());
  }
}
