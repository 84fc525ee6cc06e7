/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.history;

import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.cli.SluiceOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options of a history. */
public interface HistoryOptions extends SluiceOptions {

  @Group(Group.Heading.TABLE)
  @Description("Name of the table.")
  @Nullable String getTable();

  void setTable(String value);

  @Group(Group.Heading.INPUT)
  @Description(
      "The primary key of the item, in DynamoDB JSON, such as {\"id\":{\"S\":\"x\"}}; if the table"
          + " has a sort key, with that after the partition key.")
  @Nullable String getKey();

  void setKey(String value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Folder of exports (--output of an export or a merge), or the folder snapshots_TABLE in it."
          + " Each snapshot is read until the item is found.")
  @Nullable String getSnapshots();

  void setSnapshots(String value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Folder of changes (--output of a capture or a diff). All of those of the time are read.")
  @Nullable String getDeltas();

  void setDeltas(String value);

  @Group(Group.Heading.INPUT)
  @Description("Leave out what is earlier, such as 2026-01-31T23:26:00Z. Default: nothing.")
  @Nullable String getSince();

  void setSince(String value);

  @Group(Group.Heading.INPUT)
  @Description("Leave out what is later, such as 2026-01-31T23:26:00Z. Default: nothing.")
  @Nullable String getUntil();

  void setUntil(String value);

  @Group(Group.Heading.OUTPUT)
  @Description(
      "Print a line of JSON for each version, with the whole item in DynamoDB JSON. Otherwise the"
          + " lines name attributes and show no values.")
  @Default.Boolean(false)
  boolean isJson();

  void setJson(boolean value);
}
