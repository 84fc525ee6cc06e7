/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.prune;

import io.sluice.capacity.Budget;
import io.sluice.dynamodb.table.TableAccess;
import io.sluice.item.KeySchema;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The settings of a {@link PruneItems}; not changed any more once it has them. */
final class PruneSpec extends TableAccess {
  private static final long serialVersionUID = 1L;
  private static final double DEFAULT_RATIO = 0.5;

  private final KeySchema schema;
  @Nullable String versionAttribute;
  boolean deletes = true;

  PruneSpec(String table, KeySchema schema) {
    super(table, Budget.ofRatio(DEFAULT_RATIO));
    this.schema = schema;
  }

  /** Copies the settings, to be changed; the copy is another step. */
  PruneSpec(PruneSpec other) {
    super(other);
    schema = other.schema;
    versionAttribute = other.versionAttribute;
    deletes = other.deletes;
  }

  KeySchema schema() {
    return schema;
  }
}
