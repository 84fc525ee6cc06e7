/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.cli.SluiceOptions;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The option for the prices of a job; {@link PriceFileSettings} defines its meaning. */
public interface PriceOptions extends SluiceOptions {

  @Group(Group.Heading.BUDGET)
  @Description(
      "File on this machine with the prices of a region, in JSON, in place of the list prices of"
          + " us-east-1.")
  @Nullable String getPrices();

  void setPrices(String value);
}
