/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import io.sluice.capacity.Prices;
import io.sluice.format.OutputDefinition;
import io.sluice.format.registry.FileFormat;
import io.sluice.pipelines.cli.DataSize;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.job.ClusterEngine;
import io.sluice.pipelines.table.BudgetPlan;
import io.sluice.pipelines.table.CatalogPlan;
import io.sluice.pipelines.table.PriceFileSettings;
import io.sluice.pipelines.table.Publishing;
import io.sluice.pipelines.table.ReadBudgetPlan;
import io.sluice.pipelines.table.TableNames;
import io.sluice.schema.ColumnNaming;
import io.sluice.schema.TableSchema;
import io.sluice.snapshot.SnapshotTime;
import io.sluice.snapshot.TableFolder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The validated options of an export, before any request is sent.
 *
 * @param goal how far it goes
 * @param table the table's name
 * @param output the folder of the exports; null when there will be no snapshot
 * @param naming of the columns of an inferred schema
 * @param maps how maps become columns of an inferred schema
 * @param time the time in the snapshot's name; null for the start of the job
 * @param keep how many snapshots are kept; 0 for all
 * @param source the native export that is read; null for a scan
 * @param catalog in which the snapshot is registered
 * @param budget how fast to read
 * @param prices of reading
 * @param schema the file of the schema; null when it is inferred
 * @param overwrite whether a snapshot of the same time is replaced
 * @param publishing when readers see the snapshot
 * @param resuming whether the scan is kept, and what an earlier start has kept is used
 * @param report the files of the report; empty for none
 */
public record ExportPlan(
    Goal goal,
    String table,
    @Nullable String output,
    FileFormat format,
    ColumnNaming naming,
    TableSchema.Maps maps,
    long fileBytes,
    @Nullable SnapshotTime time,
    int keep,
    CatalogPlan catalog,
    @Nullable SourcePlan source,
    ScanPlan scan,
    ReadBudgetPlan budget,
    Prices prices,
    @Nullable String schema,
    boolean overwrite,
    Publishing publishing,
    Resuming resuming,
    List<String> report) {

  /** Whether a scan goes on where an earlier start was killed. */
  enum Resuming {
    /** What is scanned is not kept. */
    NO,
    /** It goes on behind what an unfinished run has kept. */
    GO_ON,
    /** What an unfinished run has kept is dropped. */
    START_OVER
  }

  /** How far an export goes. */
  public enum Goal {
    /** It prints an estimate, and reads nothing. */
    FORECAST,
    /** It prints the schema, and writes nothing. */
    SCHEMA,
    SNAPSHOT
  }

  /**
   * Validates the options.
   *
   * @throws UsageException with all errors
   */
  public static ExportPlan of(ExportOptions options) {
    OptionErrors problems = new OptionErrors();
    TableNames.check(options.getTable(), problems);
    if (options.getOutput() == null && !options.isDescribeSchema() && !options.isDryRun()) {
      problems.add(
          "--output is missing: give a folder for the snapshots, such as s3://bucket/exports");
    }
    if (options.isDescribeSchema()) {
      checkDescription(options, problems);
    }
    if (options.isDryRun() && options.getReport() != null) {
      problems.add("--dryRun scans nothing, so it takes no --report");
    }
    if (options.isDescribeSchema()
        && options.getReport() == null
        && ClusterEngine.isDetached(options)) {
      problems.add(
          "--describeSchema needs --report where the submission is detached: nothing waits to print"
              + " the schema");
    }
    checkOutput(options, problems);
    checkNames(options, problems);
    if (options.isFlattenColumns() && options.getOutputFormat() != FileFormat.CSV) {
      problems.add(
          "--flattenColumns goes with --outputFormat=CSV: files of %s hold maps as they are"
              .formatted(options.getOutputFormat()));
    }
    CatalogPlan catalog = CatalogPlan.of(options, options.getOutput(), problems);
    Long fileBytes = problems.parse("fileSize", options.getFileSize(), DataSize::parse);
    SnapshotTime time =
        problems.parse("snapshotTimestamp", options.getSnapshotTimestamp(), ExportPlan::time);
    if (options.getPublish() == Publishing.RELEASE && options.getSnapshotTimestamp() == null) {
      problems.add("--publish=RELEASE needs the --snapshotTimestamp of the snapshot that is held");
    }
    Integer keep = options.getKeepSnapshots();
    if (keep != null) {
      problems.atLeast("keepSnapshots", keep, 1);
    }
    if (options.isStartOver() && !options.isResumable()) {
      problems.add("--startOver goes with --resumable");
    }
    SourcePlan source = SourcePlan.of(options, problems);
    ScanPlan scan = ScanPlan.of(options, problems);
    ReadBudgetPlan budget = ReadBudgetPlan.of(options, problems);
    Double million = options.getMillionReadsPrice();
    BudgetPlan.checkPrice("millionReadsPrice", million, problems);
    BudgetPlan.checkPrice("exportedGbPrice", options.getExportedGbPrice(), problems);
    Prices prices = PriceFileSettings.of(options, problems);
    List<String> report = problems.files("report", options.getReport());
    problems.throwIfAny();
    return new ExportPlan(
        goal(options),
        options.getTable(),
        options.isDescribeSchema() ? null : options.getOutput(),
        options.getOutputFormat(),
        naming(options),
        options.isFlattenColumns() ? TableSchema.Maps.FLAT : TableSchema.Maps.WHOLE,
        fileBytes,
        time,
        keep == null ? 0 : keep,
        catalog,
        source,
        scan,
        budget,
        prices.withReads(million).withExports(options.getExportedGbPrice()),
        options.getSchema(),
        options.isOverwrite(),
        options.getPublish(),
        resuming(options),
        report);
  }

  /** Returns the folder of the table's snapshots. */
  TableFolder folder() {
    return new TableFolder(output, TableNames.plain(table));
  }

  /** Whether one run before may have put the snapshot in place. */
  boolean mayBeHeld() {
    return publishing == Publishing.HOLD && goal == Goal.SNAPSHOT && time != null && !overwrite;
  }

  private static Goal goal(ExportOptions options) {
    if (options.isDryRun()) {
      return Goal.FORECAST;
    }
    return options.isDescribeSchema() ? Goal.SCHEMA : Goal.SNAPSHOT;
  }

  private static Resuming resuming(ExportOptions options) {
    if (!options.isResumable()) {
      return Resuming.NO;
    }
    return options.isStartOver() ? Resuming.START_OVER : Resuming.GO_ON;
  }

  /** Refuses options that say how to write, unless they have their default value. */
  private static void checkDescription(ExportOptions options, OptionErrors problems) {
    if (options.getSchema() != null) {
      problems.add("--describeSchema prints the schema of the table, so it takes no --schema");
    }
    ExportOptions defaults = PipelineOptionsFactory.as(ExportOptions.class);
    boolean format = options.getOutputFormat() != defaults.getOutputFormat();
    boolean size = !options.getFileSize().equals(defaults.getFileSize());
    onlyForFiles("output", options.getOutput() != null, problems);
    onlyForFiles("outputFormat", format, problems);
    onlyForFiles("fileSize", size, problems);
    onlyForFiles("snapshotTimestamp", options.getSnapshotTimestamp() != null, problems);
    onlyForFiles("resumable", options.isResumable(), problems);
    onlyForFiles("overwrite", options.isOverwrite(), problems);
    onlyForFiles("publish", options.getPublish() != defaults.getPublish(), problems);
    onlyForFiles("keepSnapshots", options.getKeepSnapshots() != null, problems);
    onlyForFiles("catalog", options.getCatalog() != null, problems);
  }

  private static void onlyForFiles(String option, boolean given, OptionErrors problems) {
    if (given) {
      problems.add("--describeSchema writes nothing, so it takes no --" + option);
    }
  }

  private static void checkOutput(ExportOptions options, OptionErrors problems) {
    if (options.getOutput() != null && TableNames.isOne(options.getTable())) {
      problems.parse(
          "output",
          options.getOutput(),
          output -> new TableFolder(output, TableNames.plain(options.getTable())));
    }
    if (options.getSchema() != null && !options.getOutputFormat().output().namesColumns()) {
      problems.add(
          "--schema goes with --outputFormat=%s, whose files have a schema"
              .formatted(OutputFormatNames.joined(OutputDefinition::namesColumns, " or ")));
    }
  }

  private static void checkNames(ExportOptions options, OptionErrors problems) {
    if (options.getColumnNames() == null) {
      return;
    }
    if (options.getSchema() != null) {
      problems.add("--columnNames is for a schema that is inferred: --schema has names already");
    }
    if (!options.getOutputFormat().output().namings().contains(options.getColumnNames())) {
      problems.add(
          "--columnNames=%s goes with --outputFormat=PARQUET: names in AVRO are ASCII, and other formats have the attributes' own"
              .formatted(options.getColumnNames()));
    }
  }

  private static ColumnNaming naming(ExportOptions options) {
    if (!options.getOutputFormat().output().namings().contains(ColumnNaming.UNICODE)) {
      return ColumnNaming.ASCII;
    }
    return options.getColumnNames() == null ? ColumnNaming.UNICODE : options.getColumnNames();
  }

  private static SnapshotTime time(String text) {
    try {
      return SnapshotTime.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'" + text + "' must be a time such as 2026-01-31T23:26:00Z", e);
    }
  }
}
