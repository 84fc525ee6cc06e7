/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import io.sluice.pipelines.cli.Group;
import java.util.List;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options of all pipelines that work on a table. */
public interface TableOptions extends PriceOptions {

  @Group(Group.Heading.TABLE)
  @Description("Name of the table.")
  @Nullable String getTable();

  void setTable(String value);

  @Group(Group.Heading.REJECTIONS)
  @Description(
      "Files for the report, such as report.json,report.html: a page for a browser if the name ends"
          + " in .html, otherwise JSON. Existing files are replaced. Default: none.")
  @Nullable List<String> getReport();

  void setReport(List<String> value);
}
