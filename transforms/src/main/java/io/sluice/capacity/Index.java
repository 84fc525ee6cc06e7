/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import io.sluice.item.KeySchema;
import java.io.Serializable;
import java.util.Set;

/**
 * A secondary index of a table, local or global: a write to the table writes to it too.
 *
 * @param name the index's name
 * @param keySchema its key; an item without one of its attributes is not in the index
 * @param projection what of an item is in the index beside the keys
 * @param included the attributes that {@link Projection#INCLUDE} adds; else empty
 * @param items how many items it has; DynamoDB counts about every six hours
 * @param bytes how large they are; DynamoDB adds them up about every six hours
 */
public record Index(
    String name,
    KeySchema keySchema,
    Projection projection,
    Set<String> included,
    long items,
    long bytes)
    implements Serializable {

  /** What of an item an index holds. */
  public enum Projection {
    ALL,
    KEYS_ONLY,
    INCLUDE
  }

  public Index {
    included = Set.copyOf(included);
  }
}
