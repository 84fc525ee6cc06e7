/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.change.read.ChangeFormat;
import io.sluice.pipelines.cli.Group;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options of an import of changes; {@link ChangePlan} defines their joint meaning. */
public interface ChangeOptions extends PipelineOptions {

  /** What files of changes are taken for. */
  enum Changes {
    NONE,
    APPLY
  }

  @Group(Group.Heading.INPUT)
  @Description(
      "NONE if the input holds items; files of changes are refused. APPLY if it holds changes of a"
          + " table: of each key the last change is found, and its item is put or deleted. --input"
          + " is files of changes, the folder of an incremental export, or the folder of changes"
          + " that captures or diffs made.")
  @Default.Enum("NONE")
  Changes getChanges();

  void setChanges(Changes value);

  @Group(Group.Heading.INPUT)
  @Description("With --changes=APPLY: form of the changes. Default: as the files begin.")
  @Nullable ChangeFormat getChangeFormat();

  void setChangeFormat(ChangeFormat value);

  @Group(Group.Heading.INPUT)
  @Description(
      "With --changes=APPLY and files of AWS DMS: column by which the changes of a key are ordered,"
          + " such as a time or a number of the transaction.")
  @Nullable String getChangeOrder();

  void setChangeOrder(String value);

  @Group(Group.Heading.INPUT)
  @Description(
      "With --changes=APPLY and changes of the form STREAM or KINESIS, which name their tables"
          + " (eventSourceARN, tableName): name of the table whose changes are applied. Those of"
          + " others are skipped; one that names no table is rejected. It does not go with other"
          + " forms. Default: the table of the first record; those of others are rejected.")
  @Nullable String getChangesOf();

  void setChangesOf(String value);

  @Group(Group.Heading.TABLE)
  @Description(
      "With --changes=APPLY: maximum number of items to delete. If the changes delete more, nothing"
          + " is written, and the exit code is 3.")
  @Default.Long(0)
  long getMaxDeletes();

  void setMaxDeletes(long value);
}
