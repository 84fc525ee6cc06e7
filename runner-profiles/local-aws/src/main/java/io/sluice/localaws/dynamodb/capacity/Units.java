/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.capacity;

import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.store.ItemRules;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.value.Sizes;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.Map;
import java.util.Optional;

/**
 * Computes the capacity units that requests consume.
 *
 * <p>The rules are those of "DynamoDB read and write operations", "Provisioned throughput
 * considerations for Global Secondary Indexes" and the same for local ones, in the developer guide.
 */
public final class Units {

  private static final int READ_BYTES = 4096;
  private static final int WRITE_BYTES = 1024;

  private Units() {}

  /**
   * Computes what reading {@code bytes} at once takes; nothing at all takes as much as a little.
   */
  public static double read(long bytes, boolean consistent) {
    double units = count(bytes, READ_BYTES);
    return consistent ? units : units / 2;
  }

  /** Computes what a write of one item takes, of its table and of each index that it changes. */
  public static Consumed write(Table table, Change change) {
    Consumed consumed =
        Consumed.ofTable(
            table.definition().name(),
            count(Math.max(change.sizeBefore(), change.sizeAfter()), WRITE_BYTES));
    for (IndexDefinition index : table.definition().indexes()) {
      double units = index(index, table.definition().key(), change);
      if (units > 0) {
        consumed = consumed.plusIndex(index, units);
      }
    }
    return consumed;
  }

  private static double index(IndexDefinition index, KeySchema key, Change change) {
    Optional<Map<String, Value>> before =
        change.before().flatMap(item -> ItemRules.entry(index, key, item));
    Optional<Map<String, Value>> after =
        change.after().flatMap(item -> ItemRules.entry(index, key, item));
    if (before.equals(after)) {
      return 0;
    }
    if (before.isPresent() && after.isPresent()) {
      return index.key().keyOf(before.get()).equals(index.key().keyOf(after.get()))
          ? count(Math.max(size(before), size(after)), WRITE_BYTES)
          : count(size(before), WRITE_BYTES) + count(size(after), WRITE_BYTES);
    }
    return count(Math.max(size(before), size(after)), WRITE_BYTES);
  }

  private static long size(Optional<Map<String, Value>> item) {
    return item.map(Sizes::of).orElse(0L);
  }

  private static double count(long bytes, int unit) {
    return Math.max(1, (bytes + unit - 1) / unit);
  }
}
