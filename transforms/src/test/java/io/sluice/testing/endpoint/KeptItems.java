/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.item.InvalidItemException;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.json.ItemJson;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Keeps the items in the order in which a scan goes. */
final class KeptItems implements ItemStore, ReadableItems {
  private final KeySchema schema;
  private final ItemReader reader;
  private final NavigableMap<StoredKey, StoredItem> items = new ConcurrentSkipListMap<>();
  private final AtomicLong bytes = new AtomicLong();

  KeptItems(EndpointSettings settings) {
    this.schema = settings.table().keySchema();
    this.reader = new ExactItemReader(settings.table(), settings.poison());
  }

  @Override
  public ItemReader reader() {
    return reader;
  }

  @Override
  public int sizeBefore(Put put) {
    StoredItem before = items.get(keyOf(put));
    return before == null ? 0 : before.size();
  }

  @Override
  public void put(Put put, byte[] body) {
    byte[] json = Arrays.copyOfRange(body, put.start(), put.end());
    StoredItem before = items.put(keyOf(put), new StoredItem(json, put.size()));
    bytes.addAndGet(put.size() - (before == null ? 0 : before.size()));
  }

  private static StoredKey keyOf(Put put) {
    if (put.key() == null) {
      throw new IllegalStateException("a put that is to be kept has no key");
    }
    return put.key();
  }

  @Override
  public long size() {
    return items.size();
  }

  @Override
  public long bytes() {
    return bytes.get();
  }

  @Override
  public void clear() {
    items.clear();
    bytes.set(0);
  }

  @Override
  public ReadableItems readable() {
    return this;
  }

  /** All items, each as it was sent last. */
  Iterable<StoredItem> all() {
    return items.values();
  }

  @Override
  public @Nullable StoredItem get(ObjectNode key) throws ServiceError {
    return items.get(parseKey(key));
  }

  private StoredKey parseKey(ObjectNode key) throws ServiceError {
    if (key.size() == schema.attributes().size()) {
      try {
        return StoredKey.of(parse(Json.bytes(key)), schema);
      } catch (InvalidItemException e) {
        // The same as with too many attributes.
      }
    }
    throw ServiceError.validation("The provided key element does not match the schema");
  }

  private static Map<String, AttributeValue> parse(byte[] json) throws InvalidItemException {
    return Json.item(json, 0, json.length);
  }

  @Override
  public void scan(int segment, int total, @Nullable ObjectNode startKey, Page page)
      throws ServiceError {
    StoredKey from = startKey == null ? start(segment, total) : parseKey(startKey);
    NavigableMap<StoredKey, StoredItem> range = items.tailMap(from, startKey == null);
    if (segment + 1 < total) {
      range = range.headMap(max(from, start(segment + 1, total)), false);
    }
    StoredItem last = null;
    for (Map.Entry<StoredKey, StoredItem> entry : range.entrySet()) {
      StoredItem item = entry.getValue();
      boolean added = page.add(item.json(), item.size(), entry.getKey().place());
      last = added ? item : last;
      if ((!added || page.isAtLimit()) && last != null) {
        page.endsAt(keyJson(last));
        return;
      }
    }
  }

  private static StoredKey start(int segment, int total) {
    // Rounded up, so that every place is in one segment.
    return StoredKey.before((int) (((long) segment * StoredKey.PLACES + total - 1) / total));
  }

  private static StoredKey max(StoredKey a, StoredKey b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private String keyJson(StoredItem item) {
    try {
      Map<String, AttributeValue> all = parse(item.json());
      Map<String, AttributeValue> key = new LinkedHashMap<>();
      for (KeyAttribute attribute : schema.attributes()) {
        key.put(attribute.name(), all.get(attribute.name()));
      }
      return ItemJson.toJson(key);
    } catch (InvalidItemException e) {
      throw new IllegalStateException("it was parsed before", e);
    }
  }
}
