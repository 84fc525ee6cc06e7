/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import io.sluice.localaws.dynamodb.storage.DiskStorage;
import io.sluice.localaws.dynamodb.storage.Storage;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** Does the same on disk, and opens the data again and again. */
class DiskItemStoreRandomTest extends ItemStoreRandomTest {

  @TempDir private Path folder;

  @Override
  Storage storage(Optional<Storage> before) {
    before.ifPresent(Storage::close);
    return DiskStorage.open(folder);
  }
}
