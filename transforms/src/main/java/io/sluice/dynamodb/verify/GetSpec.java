/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.verify;

import io.sluice.capacity.Budget;
import io.sluice.dynamodb.table.TableAccess;
import io.sluice.item.KeySchema;

/** The settings of a {@link CompareTable}; not changed any more once it has them. */
final class GetSpec extends TableAccess {
  private static final long serialVersionUID = 1L;
  private static final double DEFAULT_RATIO = 0.25;

  private final KeySchema schema;
  private boolean consistent = true;

  GetSpec(String table, KeySchema schema) {
    super(table, Budget.ofRatio(DEFAULT_RATIO));
    this.schema = schema;
  }

  /** Copies the settings, to be changed; the copy is another step. */
  GetSpec(GetSpec other) {
    super(other);
    schema = other.schema;
    consistent = other.consistent;
  }

  /** Reads the table within the budget of another step, which does not run at the same time. */
  GetSpec(TableAccess other, KeySchema schema, boolean consistent) {
    super(other);
    this.schema = schema;
    this.consistent = consistent;
  }

  boolean isConsistent() {
    return consistent;
  }

  KeySchema schema() {
    return schema;
  }
}
