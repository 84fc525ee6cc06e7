/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.capacity;

import io.sluice.localaws.dynamodb.table.IndexDefinition;
import io.sluice.localaws.dynamodb.table.KeyAttribute;
import io.sluice.localaws.dynamodb.table.KeySchema;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Derives what an index has of items, which decides what their writes consume. */
public final class IndexEntries {

  private final IndexDefinition index;
  private final Set<String> attributes = new HashSet<>();

  /** Derives the entries of {@code index}, whose table has the key {@code tableKey}. */
  public IndexEntries(IndexDefinition index, KeySchema tableKey) {
    this.index = index;
    attributes.addAll(index.key().names());
    attributes.addAll(tableKey.names());
    attributes.addAll(index.projected());
  }

  /** Reports whether the index has all attributes of its items. */
  public boolean isComplete() {
    return index.projection() == IndexDefinition.Projection.ALL;
  }

  /** Lists the attributes that the index has of its items, unless it has all. */
  public Set<String> attributes() {
    return attributes;
  }

  /** Gives what the index has of an item, empty if the item lacks a part of the index's key. */
  public Optional<Map<String, Value>> of(Map<String, Value> item) {
    for (KeyAttribute attribute : index.key().attributes()) {
      Value value = item.get(attribute.name());
      if (value == null || !attribute.type().name().equals(value.type())) {
        return Optional.empty();
      }
    }
    if (isComplete()) {
      return Optional.of(item);
    }
    Map<String, Value> entry = new LinkedHashMap<>(item);
    entry.keySet().retainAll(attributes);
    return Optional.of(entry);
  }

  /** Reports whether two entries have the same key in the index. */
  public boolean sameKey(Map<String, Value> one, Map<String, Value> other) {
    return index.key().keyOf(one).equals(index.key().keyOf(other));
  }
}
