/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemKey;
import io.sluice.item.KeySchema;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The key of a kept item, in the order in which a scan goes: by the hash of the partition key.
 *
 * @param place the place of the partition key, from 0 to {@link #PLACES}, exclusive
 * @param key the whole key
 */
record StoredKey(int place, ItemKey key) implements Comparable<StoredKey> {
  /** How finely the keys are spread; segments and partitions are ranges of it. */
  static final int PLACES = 1 << 30;

  static StoredKey of(Map<String, AttributeValue> item, KeySchema schema)
      throws InvalidItemException {
    ItemKey key = ItemKey.of(item, schema);
    ItemKey partition =
        schema.sortKey() == null ? key : ItemKey.of(item, KeySchema.of(schema.partitionKey()));
    return new StoredKey(partition.bucket(PLACES), key);
  }

  /** What is before all keys of a place. */
  static StoredKey before(int place) {
    return new StoredKey(place, ItemKey.ofBytes(new byte[0]));
  }

  @Override
  public int compareTo(StoredKey other) {
    int byPlace = Integer.compare(place, other.place);
    return byPlace != 0 ? byPlace : key.compareTo(other.key);
  }
}
