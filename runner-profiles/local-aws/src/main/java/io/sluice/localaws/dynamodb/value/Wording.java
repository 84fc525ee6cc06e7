/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

/**
 * Chooses between the service's two layers of validation, which say the same in other words.
 *
 * <p>The operation decides, and so does where its message goes: PutItem, UpdateItem and DeleteItem
 * put it behind "1 validation error detected: ".
 */
public enum Wording {
  /** Speaks for PutItem, UpdateItem, DeleteItem, GetItem, BatchGetItem and Query. */
  CURRENT,

  /** Speaks for BatchWriteItem, TransactWriteItems, TransactGetItems and Scan. */
  OLDER
}
