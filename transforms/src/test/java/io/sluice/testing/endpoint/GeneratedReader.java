/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.item.KeySchema;
import io.sluice.item.json.ItemJson;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Reads items that are made when they are read. */
final class GeneratedReader implements ReadableItems {
  private final GeneratedItems items;
  private final KeySchema schema;

  GeneratedReader(GeneratedItems items, KeySchema schema) {
    this.items = items;
    this.schema = schema;
  }

  @Override
  public @Nullable StoredItem get(ObjectNode key) {
    long index = items.indexOf(key, schema);
    if (index < 0) {
      return null;
    }
    byte[] json = ItemJson.toJson(items.item(index, schema)).getBytes(UTF_8);
    return new StoredItem(json, items.template(schema).size());
  }

  @Override
  public void scan(int segment, int total, @Nullable ObjectNode startKey, Page page) {
    GeneratedItems.Template template = items.template(schema);
    long end = items.startOf(segment + 1, total);
    for (long i = items.after(startKey, segment, total, schema); i < end; i++) {
      boolean added = page.add(template.of(i), template.size(), place(i));
      if (!added || page.isAtLimit()) {
        page.endsAt(ItemJson.toJson(items.key(added ? i : i - 1, schema)));
        return;
      }
    }
  }

  /** The items lie in partitions as they lie in segments. */
  private int place(long index) {
    return (int) ((double) index / items.count() * StoredKey.PLACES);
  }
}
