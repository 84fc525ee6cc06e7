/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import io.sluice.change.feed.FeedFolder;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.pipelines.cli.DataSize;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.table.CatalogPlan;
import io.sluice.pipelines.table.Publishing;
import io.sluice.pipelines.table.TableNames;
import io.sluice.snapshot.SnapshotTime;
import io.sluice.snapshot.TableFolder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The validated options of a merge, before any file is read.
 *
 * @param table the table's own name
 * @param tableOrArn its name or ARN, as it was given
 * @param base the folder of exports, or of one snapshot or native export
 * @param deltas the folder of a feed, or folders and manifests of incremental exports; one or more
 * @param output the folder of the exports
 * @param asOf the point in time; null for the latest
 * @param key the key of the table; null when it was not given
 * @param fileBytes the size of a file
 * @param overwrite whether a snapshot of the same time is replaced
 * @param keep how many snapshots are kept; 0 for all
 * @param catalog in which the snapshot is registered
 * @param publishing when readers see the snapshot
 * @param report the files of the report; empty for none
 */
record MergePlan(
    String table,
    String tableOrArn,
    String base,
    List<String> deltas,
    String output,
    @Nullable Instant asOf,
    @Nullable KeySchema key,
    long fileBytes,
    boolean overwrite,
    int keep,
    CatalogPlan catalog,
    Publishing publishing,
    List<String> report) {

  /**
   * Validates the options.
   *
   * @throws UsageException with all errors
   */
  static MergePlan of(MergeOptions options) {
    OptionErrors problems = new OptionErrors();
    TableNames.check(options.getTable(), problems);
    require("base", options.getBase(), "of the exports, such as s3://bucket/exports", problems);
    List<String> deltas = options.getDeltas() == null ? List.of() : options.getDeltas();
    require(
        "deltas",
        deltas.isEmpty() ? null : deltas.get(0),
        "of the captures, such as s3://bucket/feeds",
        problems);
    require(
        "output", options.getOutput(), "for the snapshot, such as s3://bucket/exports", problems);
    String table =
        TableNames.isOne(options.getTable()) ? TableNames.plain(options.getTable()) : null;
    if (table != null) {
      deltas.forEach(
          place -> problems.parse("deltas", place, folder -> new FeedFolder(folder, table)));
      problems.parse("output", options.getOutput(), output -> new TableFolder(output, table));
    }
    Instant asOf = problems.parse("asOf", options.getAsOf(), MergePlan::time);
    KeySchema key = key(options, problems);
    if (options.getPublish() == Publishing.RELEASE && options.getAsOf() == null) {
      problems.add("--publish=RELEASE needs the --asOf of the snapshot that is held");
    }
    Long fileBytes = problems.parse("mergeFileSize", options.getMergeFileSize(), DataSize::parse);
    Integer keep = options.getKeepSnapshots();
    if (keep != null) {
      problems.atLeast("keepSnapshots", keep, 1);
    }
    CatalogPlan catalog = CatalogPlan.of(options, options.getOutput(), problems);
    List<String> report = problems.files("report", options.getReport());
    problems.throwIfAny();
    return new MergePlan(
        table,
        options.getTable(),
        options.getBase(),
        deltas,
        options.getOutput(),
        asOf,
        key,
        fileBytes,
        options.isOverwrite(),
        keep == null ? 0 : keep,
        catalog,
        options.getPublish(),
        report);
  }

  /** Returns the folder of the table's snapshots. */
  TableFolder folder() {
    return new TableFolder(output, table);
  }

  /** Returns the time of the snapshot, if it was given. */
  @Nullable SnapshotTime time() {
    return asOf == null ? null : SnapshotTime.of(asOf);
  }

  private static void require(
      String option, @Nullable String value, String folder, OptionErrors problems) {
    if (value == null) {
      problems.add("--" + option + " is missing: give the folder " + folder);
    }
  }

  private static @Nullable KeySchema key(MergeOptions options, OptionErrors problems) {
    KeyAttribute partitionKey =
        problems.parse("partitionKey", options.getPartitionKey(), KeyAttribute::parse);
    KeyAttribute sortKey = problems.parse("sortKey", options.getSortKey(), KeyAttribute::parse);
    if (options.getSortKey() != null && options.getPartitionKey() == null) {
      problems.add("--sortKey goes with --partitionKey");
    }
    return partitionKey == null
        ? null
        : problems.parse("sortKey", "", ignored -> new KeySchema(partitionKey, sortKey));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'" + text + "' must be a time in whole seconds, such as 2026-01-31T23:26:00Z", e);
    }
  }
}
