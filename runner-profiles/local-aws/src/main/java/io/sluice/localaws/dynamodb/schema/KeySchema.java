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

/** Lists the attributes of a key: those of the partition key, then those of the sort key. */
public final class KeySchema {

  /** How many attributes a partition key can have, and how many a sort key. */
  public static final int MAX_ATTRIBUTES = 4;

  private final List<KeyAttribute> hash;
  private final List<KeyAttribute> range;
  // Each write asks for these.
  private final List<KeyAttribute> attributes;
  private final List<String> names;

  /**
   * Lists the attributes of a key.
   *
   * @param hash one to four; a table and a local index have one
   * @param range none to four; a table and a local index have at most one
   */
  public KeySchema(List<KeyAttribute> hash, List<KeyAttribute> range) {
    this.hash = List.copyOf(hash);
    this.range = List.copyOf(range);
    if (hash.isEmpty() || hash.size() > MAX_ATTRIBUTES) {
      throw new IllegalArgumentException(
          "hash has " + hash.size() + " attributes, must have 1 to " + MAX_ATTRIBUTES);
    }
    if (range.size() > MAX_ATTRIBUTES) {
      throw new IllegalArgumentException(
          "range has " + range.size() + " attributes, must have 0 to " + MAX_ATTRIBUTES);
    }
    this.attributes = Stream.concat(hash.stream(), range.stream()).toList();
    this.names = attributes.stream().map(KeyAttribute::name).toList();
  }

  /** Lists the attributes of the partition key. */
  public List<KeyAttribute> hash() {
    return hash;
  }

  /** Lists the attributes of the sort key. */
  public List<KeyAttribute> range() {
    return range;
  }

  /** Lists all attributes, those of the partition key first. */
  public List<KeyAttribute> attributes() {
    return attributes;
  }

  /** Lists the names of all attributes, those of the partition key first. */
  public List<String> names() {
    return names;
  }

  /** Picks the key out of an item that has all its attributes. */
  public Map<String, Value> keyOf(Map<String, Value> item) {
    Map<String, Value> key = new LinkedHashMap<>();
    for (String name : names) {
      key.put(name, item.get(name));
    }
    return key;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeySchema schema
        && hash.equals(schema.hash)
        && range.equals(schema.range);
  }

  @Override
  public int hashCode() {
    return 31 * hash.hashCode() + range.hashCode();
  }

  @Override
  public String toString() {
    return "KeySchema[hash=" + hash + ", range=" + range + "]";
  }
}
