/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import java.io.Serializable;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The primary key of a table.
 *
 * @param partitionKey the attribute that chooses the partition
 * @param sortKey the attribute that orders items within a partition key; null when there is none
 */
public record KeySchema(KeyAttribute partitionKey, @Nullable KeyAttribute sortKey)
    implements Serializable {

  public KeySchema {
    if (sortKey != null && sortKey.name().equals(partitionKey.name())) {
      throw new IllegalArgumentException(
          "partition key and sort key are both named '" + partitionKey.name() + "'");
    }
  }

  public static KeySchema of(KeyAttribute partitionKey) {
    return new KeySchema(partitionKey, null);
  }

  /** Returns the key's attributes, partition key first. */
  public List<KeyAttribute> attributes() {
    return sortKey == null ? List.of(partitionKey) : List.of(partitionKey, sortKey);
  }

  @Override
  public String toString() {
    return sortKey == null ? partitionKey.toString() : partitionKey + ", " + sortKey;
  }
}
