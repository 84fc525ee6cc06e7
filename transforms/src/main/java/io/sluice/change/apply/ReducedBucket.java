/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.apply;

import io.sluice.change.record.Change;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemKey;
import io.sluice.item.ItemRules;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Finds the last change of each key of a bucket. */
final class ReducedBucket {
  private final KeySchema schema;
  private final List<KeyAttribute> indexKeys;
  private final Map<ItemKey, LatestChange> keys = new HashMap<>();

  /** Receives what each key comes to, once. */
  interface Results {
    void put(ItemKey key, SourcedItem item);

    /**
     * @param attributes those of the key
     */
    void delete(ItemKey key, SourcedItem attributes);

    /** Receives an item that the table would refuse. */
    void rejected(SourcedItem item, InvalidItemException why);

    /** Receives how many changes were superseded, and how many keys have a tie. */
    void counted(long superseded, long ties);
  }

  /**
   * @param indexKeys the keys of the table's indexes
   */
  ReducedBucket(KeySchema schema, List<KeyAttribute> indexKeys) {
    this.schema = schema;
    this.indexKeys = indexKeys;
  }

  void add(ChangeBlock block) {
    block.forEach(last -> keys.merge(last.change().key(), last, LatestChange::and));
  }

  void settle(Results results) {
    long superseded = 0;
    long ties = 0;
    for (Map.Entry<ItemKey, LatestChange> entry : keys.entrySet()) {
      LatestChange last = entry.getValue();
      superseded += last.count() - 1;
      ties += last.isTied() ? 1 : 0;
      settle(entry.getKey(), last.change(), results);
    }
    results.counted(superseded, ties);
  }

  private void settle(ItemKey key, Change change, Results results) {
    SourcedItem item = new SourcedItem(change.origin(), change.item());
    if (change.kind() == Change.Kind.DELETE) {
      results.delete(key, item);
      return;
    }
    try {
      check(key, item.item());
    } catch (InvalidItemException e) {
      results.rejected(item, e);
      return;
    }
    results.put(key, item);
  }

  private void check(ItemKey key, Map<String, AttributeValue> item) throws InvalidItemException {
    if (!ItemRules.check(item, schema).equals(key)) {
      throw new IllegalArgumentException("a change has another key than its item");
    }
    ItemRules.checkIndexKeys(item, indexKeys);
  }
}
