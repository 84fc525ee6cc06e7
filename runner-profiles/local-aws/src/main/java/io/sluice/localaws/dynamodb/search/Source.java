/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.search;

import io.sluice.localaws.dynamodb.operation.Request;
import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.store.SortedItems;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.Optional;

/**
 * Holds what a scan or a query reads: a table, or one of its indexes.
 *
 * @param items in the order of the table's or the index's key
 * @param consistent whether the read is a strongly consistent one
 */
record Source(Table table, Optional<IndexDefinition> index, SortedItems items, boolean consistent) {

  /** Finds what a request names. */
  static Source of(Table table, Request request) {
    boolean consistent = request.flag("ConsistentRead");
    Optional<String> name = request.text("IndexName");
    if (name.isEmpty()) {
      return new Source(table, Optional.empty(), table.store().items(), consistent);
    }
    Optional<IndexDefinition> index = table.definition().index(name.get());
    Optional<SortedItems> items = table.store().index(name.get());
    if (index.isEmpty() || items.isEmpty()) {
      throw DynamoDbException.validation(
          "The table does not have the specified index: " + name.get());
    }
    if (consistent && index.get().kind() == IndexDefinition.Kind.GLOBAL) {
      throw DynamoDbException.validation(
          "Consistent reads are not supported on global secondary indexes");
    }
    return new Source(table, index, items.get(), consistent);
  }
}
