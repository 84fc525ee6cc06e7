/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.transaction;

import io.sluice.localaws.dynamodb.operation.ItemWrite;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.Optional;

/**
 * Holds an action of a transaction that writes, and what the table has to say about it.
 *
 * @param place where it writes, if the table can have such an item
 * @param fault why the table cannot have such a write
 */
record TableWrite(
    Table table, ItemWrite write, Optional<Place> place, Optional<DynamoDbException> fault) {

  /**
   * Holds a write to {@code table}.
   *
   * @throws DynamoDbException a ValidationException if a key is empty, which the service tells of
   *     the whole request
   */
  static TableWrite of(Table table, ItemWrite write) {
    table.store().rules().checkNotEmpty(write.attributes());
    try {
      Place place = new Place(table, write.check(table));
      return new TableWrite(table, write, Optional.of(place), Optional.empty());
    } catch (DynamoDbException e) {
      return new TableWrite(table, write, Optional.empty(), Optional.of(e));
    }
  }

  /** Reports whether the action changes the item. */
  boolean changes() {
    return !(write instanceof ConditionCheck);
  }
}
