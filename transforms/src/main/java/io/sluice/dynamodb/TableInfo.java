/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb;

import io.sluice.capacity.Index;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.io.Serializable;
import java.util.List;

/**
 * What DynamoDB says of a table.
 *
 * @param name the table's name
 * @param keySchema its primary key
 * @param indexes its secondary indexes, local and global
 */
public record TableInfo(String name, KeySchema keySchema, List<Index> indexes)
    implements Serializable {

  public TableInfo {
    indexes = List.copyOf(indexes);
  }

  /** The key attributes of all indexes, each once. */
  public List<KeyAttribute> indexKeys() {
    return indexes.stream()
        .flatMap(index -> index.keySchema().attributes().stream())
        .distinct()
        .toList();
  }
}
