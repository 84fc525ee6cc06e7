/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import io.sluice.pipelines.cli.Group;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options of all pipelines that work on a table. */
public interface TableOptions extends PriceOptions {

  @Group(Group.Heading.TABLE)
  @Description("Name of the table.")
  @Nullable String getTable();

  void setTable(String value);

  @Group(Group.Heading.REJECTIONS)
  @Description("File for the report, in JSON; an existing file is replaced. Default: none.")
  @Nullable String getReport();

  void setReport(String value);
}
