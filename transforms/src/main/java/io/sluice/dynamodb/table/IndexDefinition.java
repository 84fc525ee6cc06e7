/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import io.sluice.capacity.Index;
import io.sluice.item.KeyAttribute;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How a secondary index is created.
 *
 * @param name the index's name
 * @param partitionKey the attributes of its partition key, 1 or more, in their order
 * @param sortKey the attributes of its sort key, in their order; none for an index without
 * @param projection which attributes it has besides the keys
 * @param included the attributes that {@link Index.Projection#INCLUDE} adds; else empty
 * @param billing of a global index; null for a local one, which uses the table's capacity
 */
public record IndexDefinition(
    String name,
    List<KeyAttribute> partitionKey,
    List<KeyAttribute> sortKey,
    Index.Projection projection,
    List<String> included,
    @Nullable Billing billing)
    implements Serializable {

  public IndexDefinition {
    partitionKey = List.copyOf(partitionKey);
    sortKey = List.copyOf(sortKey);
    included = List.copyOf(included);
    if (name.isEmpty() || partitionKey.isEmpty()) {
      throw new IllegalArgumentException(
          "the index '" + name + "' must have a name and a partition key");
    }
    if (included.isEmpty() == (projection == Index.Projection.INCLUDE)) {
      throw new IllegalArgumentException(
          "the index '%s' has the projection %s and %d included attributes"
              .formatted(name, projection, included.size()));
    }
  }

  /** Whether it is a local index, which has the table's partition key. */
  public boolean isLocal() {
    return billing == null;
  }

  /** Returns the attributes of its key, those of the partition key first. */
  public List<KeyAttribute> key() {
    return Stream.concat(partitionKey.stream(), sortKey.stream()).toList();
  }
}
