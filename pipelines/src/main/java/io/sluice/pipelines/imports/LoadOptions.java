/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.cli.SluiceOptions;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options of an import that DynamoDB does itself; {@link LoadPlan} defines their meaning. */
public interface LoadOptions extends SluiceOptions {

  @Group(Group.Heading.TABLE)
  @Description(
      "With --writeEngine=importTable or bulk: folder in S3 for the files that DynamoDB reads. They"
          + " are deleted when all items are accounted for, and stay otherwise; the same command then"
          + " goes on with them. Default: _staging below --rejects, if that is in S3.")
  @Nullable String getStaging();

  void setStaging(String value);

  @Group(Group.Heading.BUDGET)
  @Description(
      "With --writeEngine=bulk: most write request units a second that DynamoDB may take"
          + " (MaxWriteRequestUnits). Default: as fast as DynamoDB does it.")
  @Nullable Long getBulkWriteUnits();

  void setBulkWriteUnits(Long value);
}
