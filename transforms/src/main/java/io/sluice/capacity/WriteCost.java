/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import io.sluice.item.ItemSize;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Computes the write units of putting a new item into a table.
 *
 * <p>A unit is a write of up to 1 KB (1,024 bytes), counted for each item by itself even in a
 * batch; each index that contains the item costs as much again for its part of the item. Replacing
 * an item costs the larger of old and new, and may cost an index two writes, which is not known
 * here. Source: the DynamoDB developer guide, "Read and write operations" and "Global secondary
 * indexes".
 *
 * @param tableKey the table's key
 * @param indexes the table's secondary indexes
 */
public record WriteCost(KeySchema tableKey, List<Index> indexes) implements Serializable {
  private static final int UNIT_BYTES = 1024;

  public WriteCost {
    indexes = List.copyOf(indexes);
  }

  /** Returns the units of a write of this many bytes, at least 1. */
  public static long units(int bytes) {
    return Math.max(1, (bytes + UNIT_BYTES - 1L) / UNIT_BYTES);
  }

  /**
   * Returns the units that the item takes in the table's indexes, by index; an index without the
   * item is absent.
   */
  public Map<String, Long> indexUnits(Map<String, AttributeValue> item) {
    Map<String, Long> units = new HashMap<>();
    for (Index index : indexes) {
      if (holds(index, item)) {
        units.put(index.name(), units(ItemSize.of(projected(index, item))));
      }
    }
    return units;
  }

  private static boolean holds(Index index, Map<String, AttributeValue> item) {
    for (KeyAttribute key : index.key()) {
      AttributeValue value = item.get(key.name());
      if (value == null || !value.type().name().equals(key.type().name())) {
        return false;
      }
    }
    return true;
  }

  private Map<String, AttributeValue> projected(Index index, Map<String, AttributeValue> item) {
    if (index.projection() == Index.Projection.ALL) {
      return item;
    }
    Set<String> names = new HashSet<>(index.included());
    tableKey.attributes().forEach(key -> names.add(key.name()));
    index.key().forEach(key -> names.add(key.name()));
    Map<String, AttributeValue> projected = new HashMap<>(item);
    projected.keySet().retainAll(names);
    return projected;
  }
}
