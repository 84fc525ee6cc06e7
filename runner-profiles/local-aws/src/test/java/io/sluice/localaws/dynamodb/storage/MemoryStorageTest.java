/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.storage;

class MemoryStorageTest extends StorageContract {

  @Override
  Storage open() {
    return new MemoryStorage();
  }
}
