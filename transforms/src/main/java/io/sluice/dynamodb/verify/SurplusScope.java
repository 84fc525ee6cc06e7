/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.verify;

import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import java.io.Serializable;

/**
 * The part of a table that a source stands for: its other items are nobody's surplus.
 *
 * @param partitionKey the name of the table's partition key
 * @param prefix with which the partition keys begin; empty for all items
 */
public record SurplusScope(String partitionKey, String prefix) implements Serializable {

  /** Returns the whole table. */
  public static SurplusScope all(KeySchema schema) {
    return new SurplusScope(schema.partitionKey().name(), "");
  }

  /**
   * Returns the items whose partition key begins with a prefix.
   *
   * @throws IllegalArgumentException when the partition key is not a string
   */
  public static SurplusScope of(KeySchema schema, String prefix) {
    if (schema.partitionKey().type() != KeyAttribute.Type.S) {
      throw new IllegalArgumentException(
          "a prefix is for a partition key of type S, not " + schema.partitionKey());
    }
    return new SurplusScope(schema.partitionKey().name(), prefix);
  }

  boolean has(SourcedItem item) {
    return prefix.isEmpty() || item.item().get(partitionKey).s().startsWith(prefix);
  }
}
