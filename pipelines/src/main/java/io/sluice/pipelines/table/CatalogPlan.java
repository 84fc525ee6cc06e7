/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.job.Aws;
import io.sluice.snapshot.catalog.GlueCatalog;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The catalog in which an output is registered.
 *
 * @param database the database of Glue; null for none
 * @param endpoint the endpoint of Glue; null for AWS
 */
public record CatalogPlan(@Nullable String database, @Nullable String endpoint) {

  /**
   * Validates the options.
   *
   * @param output the option for the output; null if it is not given
   */
  public static CatalogPlan of(
      CatalogOptions options, @Nullable String output, OptionErrors problems) {
    if (options.getCatalog() == null) {
      if (options.getGlueEndpoint() != null || !options.getCatalogDatabase().equals("default")) {
        problems.add("--catalogDatabase and --glueEndpoint go with --catalog=glue");
      }
      return new CatalogPlan(null, null);
    }
    if (!options.getCatalog().equalsIgnoreCase("glue")) {
      problems.add("--catalog=" + options.getCatalog() + " must be glue");
    } else if (output != null && !output.startsWith("s3://")) {
      problems.add("--catalog=glue needs an --output in S3");
    }
    return new CatalogPlan(options.getCatalogDatabase(), options.getGlueEndpoint());
  }

  /** Returns the catalog, if there is one. */
  public Optional<GlueCatalog> glue() {
    return database == null
        ? Optional.empty()
        : Optional.of(GlueCatalog.of(database).withClient(Aws.at(endpoint)));
  }
}
