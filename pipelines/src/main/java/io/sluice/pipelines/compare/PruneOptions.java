/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.compare;

import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.cli.SluiceOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options of deleting what only the table has; {@link PrunePlan} defines their meaning. */
public interface PruneOptions extends SluiceOptions {

  @Group(Group.Heading.TABLE)
  @Description(
      "Delete the items that the table has and the input does not, after --write=CHANGED of an"
          + " import, or --repair of verify, has read both. Each is deleted on the condition that it"
          + " is as it was read; what somebody has changed meanwhile stays and counts as retained,"
          + " and so does an item of over 140 attributes, which no condition can compare. Only with a"
          + " complete input: nothing rejected, and a database as one snapshot.")
  @Default.Boolean(false)
  boolean isPrune();

  void setPrune(boolean value);

  @Group(Group.Heading.TABLE)
  @Description(
      "How many items --prune may delete: a number, or a share of the items in the table, such as"
          + " 5%. If there are more, none is deleted, and the exit code is 3 (of verify, 4).")
  @Default.String("1%")
  String getMaxPrune();

  void setMaxPrune(String value);

  @Group(Group.Heading.TABLE)
  @Description(
      "Limit --prune to the items whose partition key, a string, begins with this, for a table that"
          + " has items of other sources, too.")
  @Nullable String getPruneScope();

  void setPruneScope(String value);

  @Group(Group.Heading.TABLE)
  @Description(
      "Attribute that every writer of the table changes with an item: --prune then compares only"
          + " this one, of items that have it. Otherwise all attributes are compared, and one that"
          + " somebody adds in that moment is not noticed.")
  @Nullable String getVersionAttribute();

  void setVersionAttribute(String value);
}
