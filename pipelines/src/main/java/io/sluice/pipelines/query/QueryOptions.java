/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.query;

import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.cli.SluiceOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options of a query over exported snapshots. */
public interface QueryOptions extends SluiceOptions {

  @Group(Group.Heading.INPUT)
  @Description(
      "Folder of the exports: the --output of ./sluice export. Each table in it can be queried by"
          + " its name, and shows its latest snapshot. If it has captured changes of a table, the"
          + " --output of ./sluice capture, they are in deltas_TABLE.")
  @Nullable String getOutput();

  void setOutput(String value);

  @Group(Group.Heading.INPUT)
  @Description("The query, in DuckDB's SQL. It may be given in quotes without --sql=.")
  @Nullable String getSql();

  void setSql(String value);

  @Group(Group.Heading.OUTPUT)
  @Description("Maximum number of rows to print.")
  @Default.Integer(100)
  int getMaxRows();

  void setMaxRows(int value);
}
