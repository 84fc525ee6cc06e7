/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import io.sluice.format.registry.FileFormat;
import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.cli.OneOf;
import io.sluice.pipelines.table.CatalogOptions;
import io.sluice.pipelines.table.ReadBudgetOptions;
import io.sluice.pipelines.table.SnapshotOptions;
import io.sluice.schema.ColumnNaming;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options of the export; {@link ExportPlan} defines their joint meaning. */
public interface ExportOptions extends SnapshotOptions, CatalogOptions, ReadBudgetOptions {

  @Group(Group.Heading.OUTPUT)
  @Description(
      "Folder for the exports, in any file system of Beam, such as s3://bucket/exports. The"
          + " snapshot is written to snapshots_TABLE/snapshot_timestamp=TIME/ in it.")
  @Nullable String getOutput();

  void setOutput(String value);

  @Group(Group.Heading.OUTPUT)
  @Description("Format of the files.")
  @OneOf(OutputFormatNames.class)
  @Default.Enum("PARQUET")
  FileFormat getOutputFormat();

  void setOutputFormat(FileFormat value);

  @Group(Group.Heading.OUTPUT)
  @Description(
      "How PARQUET columns are named: UNICODE keeps letters and digits of all scripts; ASCII"
          + " replaces everything but a-z, A-Z, 0-9 and _, as AVRO always does. Default: UNICODE.")
  @Nullable ColumnNaming getColumnNames();

  void setColumnNames(ColumnNaming value);

  @Group(Group.Heading.OUTPUT)
  @Description(
      "Columns of CSV for the attributes of maps: address.city, in place of one column of JSON. An"
          + " import with --nestColumns makes the maps again; one that would not come back so stays"
          + " one column, and a note says why.")
  @Default.Boolean(false)
  boolean isFlattenColumns();

  void setFlattenColumns(boolean value);

  @Group(Group.Heading.OUTPUT)
  @Description(
      "Approximate size of a file, such as 256MB or 1GB. There are about as many files as the size"
          + " of the snapshot asks for, rounded up: one, if it is smaller than this. A file may"
          + " become half as large again. Fewer files than workers leave some of these idle.")
  @Default.String("256MB")
  String getFileSize();

  void setFileSize(String value);

  @Group(Group.Heading.OUTPUT)
  @Description(
      "File with the Avro schema (avsc) for PARQUET or AVRO files. An item that does not fit it"
          + " fails the job. Default: inferred from all items, in the same scan.")
  @Nullable String getSchema();

  void setSchema(String value);

  @Group(Group.Heading.OUTPUT)
  @Description(
      "Scan the table and print its schema with notes on anything unusual, but write nothing.")
  @Default.Boolean(false)
  boolean isDescribeSchema();

  void setDescribeSchema(boolean value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Where the items come from. SCAN: from the table. NATIVE_EXPORT: from an export to S3 that"
          + " DynamoDB makes into the bucket of --output, which takes no read units, is of one point"
          + " in time, and needs point-in-time recovery. NATIVE_EXPORT=FOLDER: from such an export"
          + " that is there, in DynamoDB JSON or Ion. Default: SCAN.")
  @Nullable String getSource();

  void setSource(String value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Keep what is scanned beside the output until the snapshot is published, so that the export"
          + " goes on where it was killed when it is started again with the same options: it loses"
          + " at most one page (1 MB of items) for each segment. Needs an --output in S3, or on a"
          + " disk that all workers share.")
  @Default.Boolean(false)
  boolean isResumable();

  void setResumable(boolean value);

  @Group(Group.Heading.INPUT)
  @Description("With --resumable, scan anew, and drop what an unfinished export has kept.")
  @Default.Boolean(false)
  boolean isStartOver();

  void setStartOver(boolean value);

  @Group(Group.Heading.TABLE)
  @Description(
      "Do not scan; print only the estimate with which every export begins: read units, time and"
          + " price; with --source=NATIVE_EXPORT also which of the two is cheaper. --output may be"
          + " omitted.")
  @Default.Boolean(false)
  boolean isDryRun();

  void setDryRun(boolean value);

  @Group(Group.Heading.OUTPUT)
  @Description("Time of the snapshot, such as 2026-01-31T23:26:00Z. Default: when the job begins.")
  @Nullable String getSnapshotTimestamp();

  void setSnapshotTimestamp(String value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Number of segments in which the table is scanned. Default: chosen by the table's size and"
          + " the number of workers.")
  @Nullable Integer getSegments();

  void setSegments(Integer value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Use strongly consistent reads, which see the latest writes and take twice the read units.")
  @Default.Boolean(false)
  boolean isConsistentRead();

  void setConsistentRead(boolean value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Scan this secondary index instead of the table, and export the attributes that it has.")
  @Nullable String getIndex();

  void setIndex(String value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Export only items that match this DynamoDB expression, such as \"price > :p\". All items"
          + " are read and paid for.")
  @Nullable String getFilter();

  void setFilter(String value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Export only these attributes, given as a DynamoDB expression such as \"id, #s,"
          + " address.city\". Whole items are read and paid for.")
  @Nullable String getProjection();

  void setProjection(String value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Placeholders for attribute names in --filter and --projection, as JSON:"
          + " {\"#s\":\"status\"}. Needed for names that are reserved words of DynamoDB.")
  @Nullable String getExpressionNames();

  void setExpressionNames(String value);

  @Group(Group.Heading.INPUT)
  @Description("Values for --filter, as DynamoDB JSON: {\":p\":{\"N\":\"5\"}}.")
  @Nullable String getExpressionValues();

  void setExpressionValues(String value);

  @Group(Group.Heading.BUDGET)
  @Description(
      "Price of a million on-demand read units in dollars. Default: the list price of us-east-1.")
  @Nullable Double getMillionReadsPrice();

  void setMillionReadsPrice(Double value);

  @Group(Group.Heading.BUDGET)
  @Description(
      "Price of a GB that DynamoDB exports to S3, in dollars, for --source=NATIVE_EXPORT. Default:"
          + " the list price of us-east-1.")
  @Nullable Double getExportedGbPrice();

  void setExportedGbPrice(Double value);
}
