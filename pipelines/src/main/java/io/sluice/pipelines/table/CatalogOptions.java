/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.cli.SluiceOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options of all pipelines whose output is registered in a catalog. */
public interface CatalogOptions extends SluiceOptions {

  @Group(Group.Heading.OUTPUT)
  @Description(
      "glue registers a table, its partitions and a view in the Glue Data Catalog: of the snapshots"
          + " of the table and the latest of them, or of its captured changes. Default: register"
          + " nothing; the output's _catalog folder has the statements that create them in Athena.")
  @Nullable String getCatalog();

  void setCatalog(String value);

  @Group(Group.Heading.OUTPUT)
  @Description("Database for --catalog=glue; it must exist.")
  @Default.String("default")
  String getCatalogDatabase();

  void setCatalogDatabase(String value);

  @Group(Group.Heading.WHERE)
  @Description("Endpoint of Glue. Default: AWS, by region.")
  @Nullable String getGlueEndpoint();

  void setGlueEndpoint(String value);
}
