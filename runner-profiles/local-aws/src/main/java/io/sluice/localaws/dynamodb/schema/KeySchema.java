/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.schema;

import io.sluice.localaws.dynamodb.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Lists the attributes of a key: those of the partition key, then those of the sort key.
 *
 * @param hash one to four; a table and a local index have one
 * @param range none to four; a table and a local index have at most one
 */
public record KeySchema(List<KeyAttribute> hash, List<KeyAttribute> range) {

  /** How many attributes a partition key can have, and how many a sort key. */
  public static final int MAX_ATTRIBUTES = 4;

  public KeySchema {
    hash = List.copyOf(hash);
    range = List.copyOf(range);
    if (hash.isEmpty() || hash.size() > MAX_ATTRIBUTES) {
      throw new IllegalArgumentException(
          "hash has " + hash.size() + " attributes, must have 1 to " + MAX_ATTRIBUTES);
    }
    if (range.size() > MAX_ATTRIBUTES) {
      throw new IllegalArgumentException(
          "range has " + range.size() + " attributes, must have 0 to " + MAX_ATTRIBUTES);
    }
  }

  /** Lists all attributes, those of the partition key first. */
  public List<KeyAttribute> attributes() {
    return Stream.concat(hash.stream(), range.stream()).toList();
  }

  /** Lists the names of all attributes, those of the partition key first. */
  public List<String> names() {
    return attributes().stream().map(KeyAttribute::name).toList();
  }

  /** Picks the key out of an item that has all its attributes. */
  public Map<String, Value> keyOf(Map<String, Value> item) {
    Map<String, Value> key = new LinkedHashMap<>();
    for (KeyAttribute attribute : hash) {
      key.put(attribute.name(), item.get(attribute.name()));
    }
    for (KeyAttribute attribute : range) {
      key.put(attribute.name(), item.get(attribute.name()));
    }
    return key;
  }
}
