/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import io.sluice.item.KeyAttribute;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * A secondary index of a table, local or global: a write to the table writes to it too.
 *
 * @param name the index's name
 * @param key the attributes of its key, those of the partition key first; up to four of each, and
 *     at least one. An item without one of them is not in the index
 * @param projection which attributes the index holds besides the keys
 * @param included the attributes that {@link Projection#INCLUDE} adds; else empty
 * @param items how many items it has; DynamoDB updates the count about every six hours
 * @param bytes how large they are; DynamoDB updates the size about every six hours
 */
public record Index(
    String name,
    List<KeyAttribute> key,
    Projection projection,
    Set<String> included,
    long items,
    long bytes)
    implements Serializable {

  /** Which attributes of an item an index holds. */
  public enum Projection {
    ALL,
    KEYS_ONLY,
    INCLUDE
  }

  public Index {
    if (key.isEmpty()) {
      throw new IllegalArgumentException("the key of the index '" + name + "' has no attribute");
    }
    key = List.copyOf(key);
    included = Set.copyOf(included);
  }
}
