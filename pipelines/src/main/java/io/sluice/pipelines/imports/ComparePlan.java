/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.dedupe.DuplicatePolicy;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.OptionErrors;
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

  /**
   * Checks what is read.
   *
   * @throws JobException when items are to be deleted that it lacks, and it may lack some by chance
   */
  void check(ImportSource input) {
    if (prune != null && !input.isOneState()) {
      throw new JobException(
          "--prune needs all rows of one moment, and here each slice of the database is read by"
              + " itself: a row that moves meanwhile would be missed. Without --partitionColumn, or"
              + " with --partitions=1, one statement reads all");
    }
  }

  /** Parses the options; null when all items are written. */
  static @Nullable ComparePlan of(ImportOptions options, OptionErrors problems) {
    ReadBudgetPlan budget = ReadBudgetPlan.of(options, problems);
    PrunePlan prune = PrunePlan.of(options, problems);
    if (options.getWrite() == CompareOptions.Write.ALL) {
      if (options.isConsistentRead()) {
        problems.add("--consistentRead goes with --write=CHANGED");
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
