/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.compare.PruneOptions;
import io.sluice.pipelines.table.ReadBudgetOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/**
 * The options of an import that reads the table first; {@link ComparePlan} defines their meaning.
 */
public interface CompareOptions extends PruneOptions, ReadBudgetOptions {

  /** Which items are written. */
  enum Write {
    ALL,
    CHANGED
  }

  @Group(Group.Heading.TABLE)
  @Description(
      "Which items to write: ALL, or those that are new or CHANGED. CHANGED compares each item with"
          + " the table first, within --readRatio: by one scan or by reading each key, whichever"
          + " takes fewer read units. The report has what was compared, and the units that it"
          + " saved. Writing costs five times as much as reading for the same units.")
  @Default.Enum("ALL")
  Write getWrite();

  void setWrite(Write value);

  @Group(Group.Heading.BUDGET)
  @Description(
      "Compare with what was written before each read, at twice the read units. Otherwise a write"
          + " of the last second may be overlooked. For --write=CHANGED.")
  @Default.Boolean(false)
  boolean isConsistentRead();

  void setConsistentRead(boolean value);
}
