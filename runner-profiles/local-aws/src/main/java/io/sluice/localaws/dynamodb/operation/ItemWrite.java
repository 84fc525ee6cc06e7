/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.operation;

import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.Map;
import java.util.Optional;

/**
 * Writes one item if a condition is met, for a request of its own or as an action of a transaction.
 *
 * <p>All that can be checked without the table has been checked when there is one.
 */
public interface ItemWrite {

  /** Gives the item to put, or the key of the one to change. */
  Map<String, Value> attributes();

  /**
   * Checks that the key is one of the table, and that the expressions leave keys alone.
   *
   * @return the key of the item
   * @throws io.sluice.localaws.dynamodb.value.DynamoDbException a ValidationException
   */
  Map<String, Value> check(Table table);

  /**
   * Gives what shall be in the place of an item, empty if nothing shall be.
   *
   * @throws io.sluice.localaws.dynamodb.value.DynamoDbException a ConditionalCheckFailedException,
   *     or a ValidationException if an update does not fit the item
   */
  Optional<Map<String, Value>> apply(Optional<Map<String, Value>> before);

  /** Checks and writes the item, as a write of its own. */
  default Change run(Table table) {
    return table.store().update(check(table), this::apply);
  }
}
