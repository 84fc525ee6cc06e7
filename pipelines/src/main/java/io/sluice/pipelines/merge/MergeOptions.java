/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.table.CatalogOptions;
import io.sluice.pipelines.table.SnapshotOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options of a merge. */
public interface MergeOptions extends SnapshotOptions, CatalogOptions {

  @Group(Group.Heading.INPUT)
  @Description(
      "Folder of exports (--output of an export or a merge), of which the table's latest snapshot"
          + " that ends before the point in time is the base; or the folder of one snapshot. Its files"
          + " must be PARQUET, AVRO, DYNAMODB_JSON or ION, which keep all types.")
  @Nullable String getBase();

  void setBase(String value);

  @Group(Group.Heading.INPUT)
  @Description("Folder of the captured changes: --output of the captures of the table.")
  @Nullable String getDeltas();

  void setDeltas(String value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Point in time of the result, in whole seconds, such as 2026-01-31T23:26:00Z: changes up to"
          + " the end of that second are applied. Default: the last second through which the changes"
          + " are complete.")
  @Nullable String getAsOf();

  void setAsOf(String value);

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
