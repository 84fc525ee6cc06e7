/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.recovery;

import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.store.Segment;
import io.sluice.localaws.dynamodb.store.StoredItem;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.value.Bytes;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.ItemCodec;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a table as it was before one of its writes, part by part, each once and in order.
 *
 * <p>Writers wait while one part is read. It is for one thread.
 */
public final class Snapshot {

  private final Table table;
  private final ChangeLog log;
  private final int parts;

  /** Holds what changed items were, by part and by key, for parts that are still to be read. */
  private final Map<Integer, Map<Bytes, Optional<Bytes>>> changed = new HashMap<>();

  private int reached;
  private long seen;

  Snapshot(Table table, ChangeLog log, long cut, int parts) {
    this.table = table;
    this.log = log;
    this.seen = cut;
    this.parts = parts;
  }

  /** Counts the parts. */
  public int parts() {
    return parts;
  }

  /**
   * Reads the items of a part, from 0 on.
   *
   * @throws DynamoDbException if the table has been deleted, or what was written since is not all
   *     known
   */
  public List<Map<String, Value>> read(int part) {
    List<StoredItem> current = new ArrayList<>();
    table
        .store()
        .exclusively(
            () -> {
              table
                  .store()
                  .items()
                  .scan(new Segment(part, parts), Optional.empty())
                  .forEachRemaining(current::add);
              return see();
            });
    reached = part + 1;
    Map<Bytes, Optional<Bytes>> before =
        Optional.ofNullable(changed.remove(part)).orElse(Collections.emptyMap());
    KeySchema key = table.definition().key();
    List<Map<String, Value>> items = new ArrayList<>();
    for (StoredItem stored : current) {
      Map<String, Value> item = stored.item();
      if (before.isEmpty() || !before.containsKey(Bytes.of(ItemCodec.encode(key.keyOf(item))))) {
        items.add(item);
      }
    }
    for (Optional<Bytes> item : before.values()) {
      item.ifPresent(bytes -> items.add(ItemCodec.decode(bytes.toArray())));
    }
    return items;
  }

  /** Takes in what was written since the last time. */
  private long see() {
    long end = log.end();
    for (ChangeLog.Entry entry : log.between(seen, end)) {
      Map<String, Value> key = ItemCodec.decode(entry.key().toArray());
      int part = Segment.of(table.definition().key(), key, parts).index();
      if (part >= reached) {
        changed
            .computeIfAbsent(part, absent -> new LinkedHashMap<>())
            .putIfAbsent(entry.key(), entry.before());
      }
    }
    seen = end;
    return end;
  }
}
