/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.dedupe.DuplicatePolicy;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.compare.CompareSettings;
import io.sluice.pipelines.compare.PrunePlan;
import io.sluice.pipelines.table.BudgetPlan;
import io.sluice.pipelines.table.ReadBudgetPlan;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The validated options of an import that writes only what differs from the table.
 *
 * @param budget how fast the table is read
 * @param isConsistent whether reads are strongly consistent, for twice the units
 * @param prune what is deleted that only the table has; null for nothing
 */
record ComparePlan(ReadBudgetPlan budget, boolean isConsistent, @Nullable PrunePlan prune) {
  private static final double DEFAULT_RATIO = 0.25;

  /**
   * Returns how items are compared.
   *
   * @param writes how fast the table is written
   */
  CompareSettings settings(BudgetPlan writes, boolean isDryRun) {
    return new CompareSettings(budget, isConsistent, writes, prune, isDryRun);
  }

  /** Parses the options; null when all items are written. */
  static @Nullable ComparePlan of(ImportOptions options, OptionErrors problems) {
    ReadBudgetPlan budget = ReadBudgetPlan.of(options, problems);
    PrunePlan prune = PrunePlan.of(options, problems);
    if (prune != null && options.getWrite() != CompareOptions.Write.CHANGED) {
      problems.add("--prune goes with --write=CHANGED, which reads what the table has");
    }
    if (prune != null && options.getTerminateAfter() != null) {
      problems.add("--prune does not go with --terminateAfter, which may leave items unwritten");
    }
    if (options.getWrite() == CompareOptions.Write.ALL) {
      if (options.isConsistentRead()) {
        problems.add("--consistentRead goes with --write=CHANGED");
      }
      if (options.getReadRatio() != DEFAULT_RATIO) {
        problems.add("--readRatio goes with --write=CHANGED, which reads the table");
      }
      if (options.getOnDemandReadUnits() != null) {
        problems.add("--onDemandReadUnits goes with --write=CHANGED, which reads the table");
      }
      return null;
    }
    if (options.getDedupe() == DuplicatePolicy.NONE) {
      problems.add(
          "--write=CHANGED does not go with --dedupe=NONE: it compares one item of each key");
    }
    if (options.getChanges() != ChangeOptions.Changes.NONE) {
      problems.add("--write=CHANGED does not go with --changes=APPLY: it compares items");
    }
    if (options.getDeadline() != null) {
      problems.add(
          "--write=CHANGED does not go with --deadline: how much is to be written is known when the"
              + " table has been read; --dryRun reports it");
    }
    return new ComparePlan(budget, options.isConsistentRead(), prune);
  }
}
