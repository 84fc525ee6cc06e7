/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.storage.Batch;
import io.sluice.localaws.dynamodb.value.Sizes;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Holds what an index has of the items of a table. */
record ItemIndex(IndexDefinition definition, KeySchema tableKey, SortedItems items) {

  /** Holds what the index has of one item. */
  private record Entry(byte[] key, Map<String, Value> item, int size) {}

  /** Adds to a batch what follows from the change of an item. */
  void follow(Change change, Batch batch) {
    Optional<Entry> before = entry(change.storedBefore());
    Optional<Entry> after = entry(change.storedAfter());
    boolean stays =
        before.isPresent() && after.isPresent() && Arrays.equals(before.get().key, after.get().key);
    if (stays && !definition.isComplete() && before.get().item.equals(after.get().item)) {
      return;
    }
    if (after.isPresent()) {
      Entry entry = after.get();
      items.put(
          batch,
          entry.key,
          definition.isComplete()
              ? change.storedAfter().get()
              : StoredItem.of(entry.item, entry.size),
          stays ? OptionalInt.of(before.get().size) : OptionalInt.empty());
    }
    // Not before the item is there under its new key: a reader in between would not find it.
    if (before.isPresent() && !stays) {
      items.remove(batch, before.get().key, before.get().size);
    }
  }

  private Optional<Entry> entry(Optional<StoredItem> stored) {
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    return ItemRules.entry(definition, tableKey, stored.get().item())
        .map(
            item ->
                new Entry(
                    items.keyBytes(item),
                    item,
                    definition.isComplete() ? stored.get().size() : (int) Sizes.of(item)));
  }
}
