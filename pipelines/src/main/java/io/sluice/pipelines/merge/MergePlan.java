/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import io.sluice.change.feed.FeedFolder;
import io.sluice.change.merge.PointInTime;
import io.sluice.pipelines.cli.DataSize;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.table.CatalogPlan;
import io.sluice.pipelines.table.TableNames;
import io.sluice.snapshot.TableFolder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The validated options of a merge, before any file is read.
 *
 * @param table the table's own name
 * @param base the folder of exports, or of one snapshot
 * @param feed the folder of the changes
 * @param output the folder of the exports
 * @param asOf the point in time; null for the latest
 * @param fileBytes the size of a file
 * @param overwrite whether a snapshot of the same time is replaced
 * @param keep how many snapshots are kept; 0 for all
 * @param catalog in which the snapshot is registered
 * @param report the file of the report; null for none
 */
record MergePlan(
    String table,
    String base,
    FeedFolder feed,
    String output,
    @Nullable PointInTime asOf,
    long fileBytes,
    boolean overwrite,
    int keep,
    CatalogPlan catalog,
    @Nullable String report) {

  /**
   * Validates the options.
   *
   * @throws UsageException with all errors
   */
  static MergePlan of(MergeOptions options) {
    OptionErrors problems = new OptionErrors();
    TableNames.check(options.getTable(), problems);
    require("base", options.getBase(), "of the exports, such as s3://bucket/exports", problems);
    require("deltas", options.getDeltas(), "of the captures, such as s3://bucket/feeds", problems);
    require(
        "output", options.getOutput(), "for the snapshot, such as s3://bucket/exports", problems);
    String table =
        TableNames.isOne(options.getTable()) ? TableNames.plain(options.getTable()) : null;
    FeedFolder feed = null;
    if (table != null) {
      feed = problems.parse("deltas", options.getDeltas(), deltas -> new FeedFolder(deltas, table));
      problems.parse("output", options.getOutput(), output -> new TableFolder(output, table));
    }
    PointInTime asOf = problems.parse("asOf", options.getAsOf(), MergePlan::time);
    Long fileBytes = problems.parse("mergeFileSize", options.getMergeFileSize(), DataSize::parse);
    Integer keep = options.getKeepSnapshots();
    if (keep != null) {
      problems.atLeast("keepSnapshots", keep, 1);
    }
    CatalogPlan catalog = CatalogPlan.of(options, options.getOutput(), problems);
    problems.throwIfAny();
    return new MergePlan(
        table,
        options.getBase(),
        feed,
        options.getOutput(),
        asOf,
        fileBytes,
        options.isOverwrite(),
        keep == null ? 0 : keep,
        catalog,
        options.getReport());
  }

  private static void require(
      String option, @Nullable String value, String folder, OptionErrors problems) {
    if (value == null) {
      problems.add("--" + option + " is missing: give the folder " + folder);
    }
  }

  private static PointInTime time(String text) {
    try {
      return new PointInTime(Instant.parse(text));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'" + text + "' must be a time in whole seconds, such as 2026-01-31T23:26:00Z", e);
    }
  }
}
