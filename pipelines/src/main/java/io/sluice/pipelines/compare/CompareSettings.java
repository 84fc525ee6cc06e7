/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.compare;

import io.sluice.capacity.Budget;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.job.WritingJob;
import io.sluice.pipelines.table.BudgetPlan;
import io.sluice.pipelines.table.ReadBudgetPlan;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How items are compared with a table, and what becomes of the difference.
 *
 * @param reads how fast the table is read
 * @param isConsistent whether reads are strongly consistent, for twice the units
 * @param writes how fast the table is written, and what units cost
 * @param prune what is deleted that only the table has; null for nothing
 * @param isDryRun whether what would be deleted is only counted
 */
public record CompareSettings(
    ReadBudgetPlan reads,
    boolean isConsistent,
    BudgetPlan writes,
    @Nullable PrunePlan prune,
    boolean isDryRun) {

  /**
   * Returns the share of the write capacity of each step that writes: one puts, and one deletes.
   */
  public Budget writeBudget() {
    return prune == null ? writes.budget() : writes.budget().dividedBy(2);
  }

  /** Returns what a job with these settings does to its table. */
  public WritingJob.Work work() {
    return prune == null ? WritingJob.Work.DIFFERENCES : WritingJob.Work.ALL_DIFFERENCES;
  }

  /**
   * Checks what is read.
   *
   * @param isOneState whether all of it was there at one moment
   * @throws JobException when items are to be deleted that it lacks, and it may lack some by chance
   */
  public void check(boolean isOneState) {
    if (prune != null && !isOneState) {
      throw new JobException(
          "--prune needs all rows of one moment, and here each slice of the database is read by"
              + " itself: a row that moves meanwhile would be missed. Without --partitionColumn, or"
              + " with --partitions=1, one statement reads all");
    }
  }
}
