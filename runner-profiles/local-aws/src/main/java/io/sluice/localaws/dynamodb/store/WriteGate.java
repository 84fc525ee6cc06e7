/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.Optional;
import java.util.function.Function;

/** Lets writes to a table happen, or refuses them while nothing has changed yet. */
public interface WriteGate {

  /** Lets every write happen. */
  WriteGate OPEN =
      new WriteGate() {
        @Override
        public void admit(byte[] key, Change change) {}

        @Override
        public void conditionFailed(byte[] key, Change unchanged) {}
      };

  /**
   * Takes a write that is valid and is about to happen; nobody else writes the item meanwhile.
   *
   * @param key of the item, which starts with the {@link PartitionHash} of its partition key
   * @throws DynamoDbException if the write must not happen
   */
  void admit(byte[] key, Change change);

  /**
   * Takes a write that does not happen because its condition is not met.
   *
   * @param unchanged the item that the condition was tested on, before and after
   * @throws DynamoDbException in place of the condition's error
   */
  void conditionFailed(byte[] key, Change unchanged);

  /**
   * Makes of an item what a write does, and takes note if its condition is not met.
   *
   * @throws DynamoDbException if the write must not happen
   */
  default Optional<StoredItem> changed(
      byte[] key,
      Optional<StoredItem> before,
      Function<Optional<StoredItem>, Optional<StoredItem>> change) {
    try {
      return change.apply(before);
    } catch (DynamoDbException e) {
      if (e.type().equals("ConditionalCheckFailedException")) {
        conditionFailed(key, new Change(before, before));
      }
      throw e;
    }
  }
}
