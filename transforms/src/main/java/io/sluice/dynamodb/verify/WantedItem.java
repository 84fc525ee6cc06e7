/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.verify;

import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemKey;
import io.sluice.item.ItemSize;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item to read from a table.
 *
 * @param key its primary key
 * @param attributes the key's attributes
 * @param units read units that it is expected to take, from the item that it is compared with; 1 or
 *     more
 */
public record WantedItem(ItemKey key, Map<String, AttributeValue> attributes, double units) {
  /** Bytes of a consistent read unit, from DynamoDB's developer guide. */
  private static final int BYTES_OF_UNIT = 4096;

  static WantedItem like(Map<String, AttributeValue> item, KeySchema schema)
      throws InvalidItemException {
    Map<String, AttributeValue> attributes = new HashMap<>();
    for (KeyAttribute attribute : schema.attributes()) {
      attributes.put(attribute.name(), item.get(attribute.name()));
    }
    double units = Math.max(1, Math.ceil((double) ItemSize.of(item) / BYTES_OF_UNIT));
    return new WantedItem(ItemKey.of(item, schema), attributes, units);
  }
}
