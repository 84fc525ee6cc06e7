/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.schema;

import io.sluice.localaws.dynamodb.value.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Defines a secondary index of a table.
 *
 * @param projected the attributes besides keys that an index with {@code INCLUDE} has, else none
 * @param throughput of a global index; a local one shares the table's
 */
public record IndexDefinition(
    String name,
    Kind kind,
    KeySchema key,
    Projection projection,
    List<String> projected,
    Throughput throughput) {

  /** Lists the kinds of secondary index. */
  public enum Kind {
    LOCAL,
    GLOBAL
  }

  /** Lists what an index can have of an item, in the order of the service's messages. */
  public enum Projection {
    ALL,
    INCLUDE,
    KEYS_ONLY
  }

  public IndexDefinition {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(key, "key");
    projected = List.copyOf(projected);
    Objects.requireNonNull(throughput, "throughput");
    if (projected.isEmpty() == (projection == Projection.INCLUDE)) {
      throw new IllegalArgumentException(
          "projected is " + projected + ", must be empty unless projection is INCLUDE");
    }
  }

  /** Replaces the throughput. */
  public IndexDefinition with(Throughput newThroughput) {
    return new IndexDefinition(name, kind, key, projection, projected, newThroughput);
  }

  /** Reports whether the index has all attributes of its items. */
  public boolean isComplete() {
    return projection == Projection.ALL;
  }

  /** Lists the attributes that the index has of its items, unless it has all. */
  public Set<String> attributes(KeySchema tableKey) {
    Set<String> names = new HashSet<>(projected);
    names.addAll(key.names());
    names.addAll(tableKey.names());
    return names;
  }

  /** Picks what the index has of an item of a table with the key {@code tableKey}. */
  public Map<String, Value> project(KeySchema tableKey, Map<String, Value> item) {
    if (isComplete()) {
      return item;
    }
    Map<String, Value> kept = new LinkedHashMap<>();
    for (Map.Entry<String, Value> attribute : item.entrySet()) {
      String name = attribute.getKey();
      if (key.names().contains(name)
          || tableKey.names().contains(name)
          || projected.contains(name)) {
        kept.put(name, attribute.getValue());
      }
    }
    return kept;
  }
}
