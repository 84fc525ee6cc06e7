/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.verify;

import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.compare.PruneOptions;
import io.sluice.pipelines.input.SourceOptions;
import io.sluice.pipelines.table.ReadBudgetOptions;
import io.sluice.pipelines.table.WriteRateOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** The options of the verification; {@link VerifyPlan} defines their joint meaning. */
public interface VerifyOptions
    extends SourceOptions, ReadBudgetOptions, WriteRateOptions, PruneOptions {

  @Group(Group.Heading.TABLE)
  @Description(
      "Also report items that are only in the table. This scans the table's keys and shares"
          + " --readRatio with the comparison.")
  @Default.Boolean(false)
  boolean isFull();

  void setFull(boolean value);

  @Group(Group.Heading.TABLE)
  @Description(
      "Repair the table before it is verified: write the items that it lacks or has with other"
          + " attributes, within --writeRatio, and nothing else. If a record is rejected, nothing"
          + " is repaired, and the exit code is 3. With --prune the items that only the table has"
          + " are deleted, and the verification is --full.")
  @Default.Boolean(false)
  boolean isRepair();

  void setRepair(boolean value);
}
