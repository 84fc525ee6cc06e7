/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import io.sluice.capacity.OnDemandUnits;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.table.TableLookup;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the key of the table, which a native export does not say. */
final class TableKey {
  private TableKey() {}

  /**
   * Returns the key: as the base has it, as it was given, as the changes have it if it is one
   * attribute, or as the table has it.
   *
   * @throws JobException when none of these is known
   */
  static KeySchema of(SluiceOptions options, MergePlan plan, Base base, Deltas.Range range) {
    if (base.keySchema().isPresent()) {
      return base.keySchema().get();
    }
    if (plan.key() != null) {
      return plan.key();
    }
    List<KeyAttribute> attributes = range.keyAttributes();
    if (attributes.size() == 1) {
      return KeySchema.of(attributes.get(0));
    }
    try {
      return TableLookup.describe(
              options,
              plan.tableOrArn(),
              OnDemandUnits.NONE,
              client -> {
                throw new JobException("the table " + plan.table() + " does not exist");
              })
          .keySchema();
    } catch (JobException e) {
      throw new JobException(
          "%s does not say the key of its table, and %s: give --partitionKey%s"
              .formatted(base.place(), e.getMessage(), hint(attributes)),
          e);
    }
  }

  private static String hint(List<KeyAttribute> attributes) {
    return attributes.isEmpty()
        ? ", such as --partitionKey=id:S, and --sortKey, if the table has one"
        : " and --sortKey, which are "
            + attributes.stream().map(KeyAttribute::toString).collect(Collectors.joining(" and "))
            + ", in which order the changes do not say";
  }
}
