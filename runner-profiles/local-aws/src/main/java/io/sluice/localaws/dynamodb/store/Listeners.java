/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.storage.Batch;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells listeners of writes, in the order in which they have come. */
final class Listeners {

  private final List<ChangeListener> all = new CopyOnWriteArrayList<>();

  void add(ChangeListener listener) {
    all.add(listener);
  }

  void remove(ChangeListener listener) {
    all.remove(listener);
  }

  /** Has each listener learn of a change when the batch that it is part of is written. */
  void tell(KeySchema key, Change change, Batch batch) {
    if (all.isEmpty()) {
      return;
    }
    Optional<StoredItem> item = change.storedAfter().or(change::storedBefore);
    if (item.isEmpty()) {
      return;
    }
    Map<String, Value> itemKey = key.keyOf(item.get().item());
    for (ChangeListener listener : all) {
      batch.then(() -> listener.changed(itemKey, change));
    }
  }
}
