/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.diff;

import io.sluice.change.feed.FeedFolder;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.table.ReadBudgetPlan;
import io.sluice.pipelines.table.TableNames;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The validated options of a comparison, before any file is read.
 *
 * @param from the earlier state
 * @param to the later one
 * @param table the table's name or ARN; null when the snapshots say which
 * @param output the folder for the differences; null to count them only
 * @param budget how fast the table is read
 * @param consistentRead whether reads are strongly consistent, for twice the units
 * @param report the files of the report; empty for none
 */
record DiffPlan(
    SidePlan from,
    SidePlan to,
    @Nullable String table,
    @Nullable String output,
    ReadBudgetPlan budget,
    boolean consistentRead,
    List<String> report) {

  /**
   * Validates the options.
   *
   * @throws UsageException with all errors
   */
  static DiffPlan of(DiffOptions options) {
    OptionErrors problems = new OptionErrors();
    SidePlan from = side("from", options.getFrom(), problems);
    SidePlan to = side("to", options.getTo(), problems);
    boolean isTable = (from != null && from.isTable()) || (to != null && to.isTable());
    if (isTable || options.getTable() != null) {
      TableNames.check(options.getTable(), problems);
    }
    if (from != null && to != null && from.isTable() && to.isTable()) {
      problems.add("--from and --to are both the table: one of them must be a snapshot");
    }
    if (options.isConsistentRead() && !isTable) {
      problems.add("--consistentRead is for --to=table or --from=table");
    }
    if (options.getOutput() != null) {
      // Which table it is may be known only when the snapshots are.
      String table = TableNames.isOne(options.getTable()) ? options.getTable() : "any";
      problems.parse(
          "output", options.getOutput(), output -> new FeedFolder(output, TableNames.plain(table)));
    }
    ReadBudgetPlan budget = ReadBudgetPlan.of(options, problems);
    List<String> report = problems.files("report", options.getReport());
    problems.throwIfAny();
    return new DiffPlan(
        from,
        to,
        options.getTable(),
        options.getOutput(),
        budget,
        options.isConsistentRead(),
        report);
  }

  private static @Nullable SidePlan side(
      String option, @Nullable String value, OptionErrors problems) {
    if (value == null) {
      problems.add(
          "--%s is missing: give a snapshot, such as s3://bucket/exports, or table"
              .formatted(option));
    }
    return problems.parse(option, value, given -> SidePlan.parse(option, given));
  }
}
