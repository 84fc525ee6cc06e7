/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A global secondary index of the simulated table. It holds nothing: it only costs.
 *
 * @param name the index's name
 * @param keySchema its key; a kept item without one of its attributes is not in the index, and of
 *     items that are only counted every one is
 * @param unitsPerItem write units that an item takes; 0 for as many as it takes of the table
 */
public record SimulatedIndex(String name, KeySchema keySchema, int unitsPerItem) {
  public SimulatedIndex {
    if (unitsPerItem < 0) {
      throw new IllegalArgumentException("unitsPerItem is " + unitsPerItem + ", must be 0 or more");
    }
  }

  boolean holds(Map<String, AttributeValue> item) {
    for (KeyAttribute key : keySchema.attributes()) {
      if (!item.containsKey(key.name())) {
        return false;
      }
    }
    return true;
  }
}
