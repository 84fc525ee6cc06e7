/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.diff;

import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.table.ReadBudgetOptions;
import io.sluice.pipelines.table.TableOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options of a comparison; {@link DiffPlan} defines their joint meaning. */
public interface DiffOptions extends TableOptions, ReadBudgetOptions {

  @Group(Group.Heading.INPUT)
  @Description(
      "The earlier state. The folder of one snapshot; or a folder of exports (--output of an export"
          + " or a merge), or the folder snapshots_TABLE in it, with the latest snapshot of the"
          + " table, the one before that (FOLDER@previous), or that of a time"
          + " (FOLDER@2026-01-31T23-26-00Z); or the word table, for what --table has now, by a scan."
          + " Files must be in a format that keeps all types: not JSON or CSV.")
  @Nullable String getFrom();

  void setFrom(String value);

  @Group(Group.Heading.INPUT)
  @Description("The later state, named in the same way.")
  @Nullable String getTo();

  void setTo(String value);

  @Group(Group.Heading.OUTPUT)
  @Description(
      "Folder for the differences, as records of changes below changes_TABLE: what makes the earlier"
          + " state the later one. If it has such already, they must end with the earlier state."
          + " Default: only count. Without it the exit code is 4 when there are differences, with it"
          + " 0.")
  @Nullable String getOutput();

  void setOutput(String value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Use strongly consistent reads, which see the latest writes and take twice the read units.")
  @Default.Boolean(false)
  boolean isConsistentRead();

  void setConsistentRead(boolean value);
}
