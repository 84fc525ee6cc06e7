/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.table.CatalogOptions;
import io.sluice.pipelines.table.SnapshotOptions;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options of a merge. */
public interface MergeOptions extends SnapshotOptions, CatalogOptions {

  @Group(Group.Heading.INPUT)
  @Description(
      "Folder of exports (--output of an export or a merge), of which the table's latest snapshot"
          + " that ends before the point in time is the base; or the folder of one snapshot. Its files"
          + " must be PARQUET, AVRO, DYNAMODB_JSON or ION, which keep all types. Or a full export of"
          + " DynamoDB, by its folder or manifest, or by a folder of such exports, for the latest one.")
  @Nullable String getBase();

  void setBase(String value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Folder of the captured changes: --output of the captures of the table. Or incremental exports"
          + " of DynamoDB, separated by commas: folders or manifests of exports, or folders of exports,"
          + " for all of the table that are needed.")
  @Nullable List<String> getDeltas();

  void setDeltas(List<String> value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Point in time of the result, in whole seconds, such as 2026-01-31T23:26:00Z: captured changes"
          + " up to the end of that second are applied. Of incremental exports it is the end of one"
          + " (exportToTime), with its fraction of a second or without, and changes before that are"
          + " applied. Default: the last second through which captured changes are complete, or the"
          + " end of the last export.")
  @Nullable String getAsOf();

  void setAsOf(String value);

  @Group(Group.Heading.TABLE)
  @Description(
      "Partition key of the table, name:S, name:N or name:B, if --base is an export of DynamoDB, which"
          + " does not say it. Default: as in --deltas, if those are incremental exports and the table"
          + " has no sort key; else as the table has it, which then has to exist.")
  @Nullable String getPartitionKey();

  void setPartitionKey(String value);

  @Group(Group.Heading.TABLE)
  @Description("Sort key of the table, if --partitionKey is given and there is one.")
  @Nullable String getSortKey();

  void setSortKey(String value);

  @Group(Group.Heading.OUTPUT)
  @Description(
      "Folder for the snapshot, such as s3://bucket/exports, which may be that of the base. It is"
          + " published to snapshots_TABLE/snapshot_timestamp=TIME/ in it, with the point in time as"
          + " TIME.")
  @Nullable String getOutput();

  void setOutput(String value);

  @Group(Group.Heading.OUTPUT)
  @Description(
      "Approximate size of a file, such as 64MB. It is smaller than that of an export, since a"
          + " worker has the items of a file on the heap, compressed.")
  @Default.String("64MB")
  String getMergeFileSize();

  void setMergeFileSize(String value);
}
