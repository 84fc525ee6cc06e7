/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import io.sluice.format.registry.FileFormat;
import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.cli.OneOf;
import io.sluice.pipelines.table.ReadBudgetOptions;
import io.sluice.pipelines.table.TableOptions;
import io.sluice.schema.ColumnNaming;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options of the export; {@link ExportPlan} says what they mean together. */
public interface ExportOptions extends TableOptions, ReadBudgetOptions {

  @Group(Group.Heading.OUTPUT)
  @Description(
      "The folder of the exports, in any file system of Beam, such as s3://bucket/exports. The"
          + " snapshot goes to snapshots_TABLE/snapshot_timestamp=TIME/ in it.")
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
      "Names of PARQUET columns: UNICODE keeps letters and digits of all scripts, ASCII replaces all"
          + " but a-z, A-Z, 0-9 and _, as names in AVRO always are. Default: UNICODE.")
  @Nullable ColumnNaming getColumnNames();

  void setColumnNames(ColumnNaming value);

  @Group(Group.Heading.OUTPUT)
  @Description(
      "About how large a file becomes before the next begins, such as 256MB or 1GB. Each worker"
          + " writes files of its own.")
  @Default.String("256MB")
  String getFileSize();

  void setFileSize(String value);

  @Group(Group.Heading.OUTPUT)
  @Description(
      "A file with the Avro schema (avsc) of PARQUET or AVRO files. Default: inferred from all items, in the"
          + " same scan. An item that does not fit fails the job.")
  @Nullable String getSchema();

  void setSchema(String value);

  @Group(Group.Heading.OUTPUT)
  @Description("Scan, print the schema and what is remarkable about it, and write nothing.")
  @Default.Boolean(false)
  boolean isDescribeSchema();

  void setDescribeSchema(boolean value);

  @Group(Group.Heading.TABLE)
  @Description(
      "Scan nothing, and report what every export reports before it begins: about how many read"
          + " units it takes, how long and at what price. --output may be missing.")
  @Default.Boolean(false)
  boolean isDryRun();

  void setDryRun(boolean value);

  @Group(Group.Heading.OUTPUT)
  @Description("The snapshot's time, such as 2026-01-31T23:26:00Z. Default: when the job begins.")
  @Nullable String getSnapshotTimestamp();

  void setSnapshotTimestamp(String value);

  @Group(Group.Heading.OUTPUT)
  @Description("Replace a snapshot of the same time.")
  @Default.Boolean(false)
  boolean isOverwrite();

  void setOverwrite(boolean value);

  @Group(Group.Heading.OUTPUT)
  @Description(
      "Keep this many of the table's snapshots, this one included, and delete older ones once this"
          + " one is published. Default: all.")
  @Nullable Integer getKeepSnapshots();

  void setKeepSnapshots(Integer value);

  @Group(Group.Heading.OUTPUT)
  @Description(
      "glue registers table, partition and latest view in the Glue Data Catalog. Default: the"
          + " statements that make them in Athena are in the output's _catalog folder.")
  @Nullable String getCatalog();

  void setCatalog(String value);

  @Group(Group.Heading.OUTPUT)
  @Description("The database of --catalog=glue; it must be there.")
  @Default.String("default")
  String getCatalogDatabase();

  void setCatalogDatabase(String value);

  @Group(Group.Heading.WHERE)
  @Description("Endpoint of Glue. Default: AWS, by region.")
  @Nullable String getGlueEndpoint();

  void setGlueEndpoint(String value);

  @Group(Group.Heading.INPUT)
  @Description("Into how many segments the table is scanned. Default: by its size and the workers.")
  @Nullable Integer getSegments();

  void setSegments(Integer value);

  @Group(Group.Heading.INPUT)
  @Description("Read what was written last, for twice the read units.")
  @Default.Boolean(false)
  boolean isConsistentRead();

  void setConsistentRead(boolean value);

  @Group(Group.Heading.INPUT)
  @Description("Scan this secondary index: what it holds of the items is exported.")
  @Nullable String getIndex();

  void setIndex(String value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Export only items for which this DynamoDB expression holds, such as \"price > :p\". All items"
          + " are read and paid for.")
  @Nullable String getFilter();

  void setFilter(String value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Export only these attributes, a DynamoDB expression such as \"id, #s, address.city\". Whole"
          + " items are read and paid for.")
  @Nullable String getProjection();

  void setProjection(String value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Names in --filter and --projection, as JSON: {\"#s\":\"status\"}. For names that are DynamoDB's"
          + " own words.")
  @Nullable String getExpressionNames();

  void setExpressionNames(String value);

  @Group(Group.Heading.INPUT)
  @Description("Values in --filter, as DynamoDB JSON: {\":p\":{\"N\":\"5\"}}.")
  @Nullable String getExpressionValues();

  void setExpressionValues(String value);

  @Group(Group.Heading.BUDGET)
  @Description("Dollars for a million on-demand read units. Default: the list price of us-east-1.")
  @Nullable Double getMillionReadsPrice();

  void setMillionReadsPrice(Double value);
}
