/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.verify;

import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.input.SourceOptions;
import io.sluice.pipelines.table.ReadBudgetOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** The options of the verification: those of reading, and whether to scan the table. */
public interface VerifyOptions extends SourceOptions, ReadBudgetOptions {

  @Group(Group.Heading.TABLE)
  @Description(
      "Also report items that are only in the table. This scans the table's keys and shares"
          + " --readRatio with the comparison.")
  @Default.Boolean(false)
  boolean isFull();

  void setFull(boolean value);
}
