/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.verify;

import io.sluice.capacity.OnDemandUnits;
import io.sluice.dedupe.DuplicatePolicy;
import io.sluice.dynamodb.verify.SurplusScope;
import io.sluice.item.KeySchema;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.compare.CompareSettings;
import io.sluice.pipelines.compare.PrunePlan;
import io.sluice.pipelines.input.InputSettings;
import io.sluice.pipelines.job.ClusterEngine;
import io.sluice.pipelines.table.BudgetPlan;
import io.sluice.pipelines.table.ReadBudgetPlan;
import io.sluice.pipelines.table.WriteRateOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The validated options of a verification, before any request is sent.
 *
 * @param source the input
 * @param budget how fast to read the table
 * @param full whether items that are only in the table are reported too
 * @param repair how the table is repaired before; null when it is not
 */
record VerifyPlan(
    InputSettings source, ReadBudgetPlan budget, boolean full, @Nullable CompareSettings repair) {

  /**
   * Validates the options.
   *
   * @throws UsageException with all errors
   */
  static VerifyPlan of(VerifyOptions options) {
    OptionErrors problems = new OptionErrors();
    InputSettings source = InputSettings.of(options, problems);
    ReadBudgetPlan budget = ReadBudgetPlan.of(options, problems);
    PrunePlan prune = PrunePlan.of(options, problems);
    CompareSettings repair = null;
    if (options.isRepair()) {
      BudgetPlan writes = BudgetPlan.ofRate(options, problems);
      checkRepair(options, problems);
      // A write of the second before would be repaired as if it were missing.
      repair = new CompareSettings(budget, true, writes, prune, false);
    } else {
      checkNoRepair(options, problems);
    }
    problems.throwIfAny();
    return new VerifyPlan(source, budget, options.isFull() || prune != null, repair);
  }

  private static void checkRepair(VerifyOptions options, OptionErrors problems) {
    if (ClusterEngine.isDetached(options)) {
      problems.add(
          "--repair does not go with a detached submission: a second job verifies what the first"
              + " has repaired, and nothing waits for that");
    }
    if (options.getDedupe() == DuplicatePolicy.NONE) {
      problems.add("--repair does not go with --dedupe=NONE: it compares one item of each key");
    }
  }

  private static void checkNoRepair(VerifyOptions options, OptionErrors problems) {
    if (options.isPrune()) {
      problems.add("--prune goes with --repair: verify alone changes nothing");
    }
    if (options.getWriteRatio() != WriteRateOptions.DEFAULT_WRITE_RATIO) {
      problems.add("--writeRatio goes with --repair: verify alone changes nothing");
    }
    if (options.getOnDemandWriteUnits() != null) {
      problems.add("--onDemandWriteUnits goes with --repair: verify alone changes nothing");
    }
  }

  /** Returns the units a second of an on-demand table, as far as they are given. */
  OnDemandUnits onDemand() {
    return repair == null
        ? budget.onDemand()
        : new OnDemandUnits(budget.onDemand().reads(), repair.writes().onDemand().writes());
  }

  /** Returns the part of a table that the input stands for. */
  SurplusScope scopeOf(KeySchema schema) {
    return repair == null || repair.prune() == null
        ? SurplusScope.all(schema)
        : repair.prune().scopeOf(schema);
  }
}
