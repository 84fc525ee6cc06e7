/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.storage.Batch;
import io.sluice.localaws.dynamodb.storage.ByteMap;
import io.sluice.localaws.dynamodb.storage.DroppedMapException;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Holds the items of a table, or of one of its indexes, in the order of scans and queries: by a
 * hash of the partition key, then by sort key, and in an index by the table's key at last.
 *
 * <p>Reads never block. A read may or may not meet what is written while it goes on; what is there
 * from its beginning to its end is met once. If the table or the index is deleted meanwhile, a read
 * ends with a ResourceNotFoundException.
 */
public final class SortedItems {

  /** Lists the orders in which a query gives the items of a partition. */
  public enum Direction {
    FORWARD,
    BACKWARD
  }

  private static final String INVALID_START = "The provided starting key is invalid";

  private final KeySchema key;
  private final Optional<KeySchema> tableKey;
  private final ByteMap items;

  /** Reads the items that {@code items} has. */
  SortedItems(ByteMap items, KeySchema key, Optional<KeySchema> tableKey) {
    this.items = items;
    this.key = key;
    this.tableKey = tableKey;
  }

  /** Gives the key that the items are ordered by, without that of an index's table. */
  public KeySchema key() {
    return key;
  }

  /** Counts the items. */
  public long count() {
    return items.entries();
  }

  /** Adds up the sizes of the items, as the service measures them. */
  public long bytes() {
    return items.weight();
  }

  /** Picks what LastEvaluatedKey must have when a page ends with {@code item}. */
  public Map<String, Value> startKeyAfter(Map<String, Value> item) {
    Map<String, Value> start = key.keyOf(item);
    tableKey.ifPresent(table -> table.keyOf(item).forEach(start::putIfAbsent));
    return start;
  }

  /**
   * Reads the items of a segment.
   *
   * @param start where the page before ended, as {@link #startKeyAfter} gives it
   */
  public Iterator<StoredItem> scan(Segment segment, Optional<Map<String, Value>> start) {
    byte[] from = segment.from();
    Optional<byte[]> end = segment.to();
    if (start.isPresent()) {
      byte[] after = startKey(start.get());
      if (Arrays.compareUnsigned(after, from) < 0
          || end.isPresent() && Arrays.compareUnsigned(after, end.get()) >= 0) {
        throw DynamoDbException.validation(
            INVALID_START
                + ": Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment."
                + " TotalSegments: "
                + segment.total()
                + " Segment: "
                + segment.index());
      }
      from = next(after);
    }
    return stored(items.ascending(from, end));
  }

  /**
   * Reads the items of a partition.
   *
   * @param hash the values of the partition key's attributes, in their order
   * @param start where the page before ended, as {@link #startKeyAfter} gives it
   */
  public Iterator<StoredItem> query(
      List<Value> hash, SortRange sort, Direction direction, Optional<Map<String, Value>> start) {
    byte[] partition = KeyBytes.partition(hash);
    Optional<byte[]> after = start.map(this::startKey);
    Optional<SortRange.Bounds> bounds = sort.within(partition);
    after.ifPresent(exclusive -> checkStart(exclusive, partition, sort, bounds));
    if (bounds.isEmpty()) {
      return Collections.emptyIterator();
    }
    byte[] from = bounds.get().from();
    byte[] to = bounds.get().to();
    if (direction == Direction.BACKWARD) {
      return stored(items.descending(from, Optional.of(after.orElse(to))));
    }
    return stored(items.ascending(after.map(SortedItems::next).orElse(from), Optional.of(to)));
  }

  /** Finds the item with a key. */
  Optional<StoredItem> get(byte[] itemKey) {
    try {
      return items.get(itemKey).map(StoredItem::wrap);
    } catch (DroppedMapException e) {
      throw gone();
    }
  }

  /**
   * Puts an item; callers that write the same key must take turns.
   *
   * @param replaced the size of the item with its key, if there is one
   */
  void put(Batch batch, byte[] itemKey, StoredItem item, OptionalInt replaced) {
    int more = replaced.isPresent() ? 0 : 1;
    batch.put(items, itemKey, item.bytes(), more, item.size() - replaced.orElse(0));
  }

  /** Removes an item that is there; callers that write the same key must take turns. */
  void remove(Batch batch, byte[] itemKey, int size) {
    batch.remove(items, itemKey, -1, -size);
  }

  /** Encodes the key of an item that has all its attributes. */
  byte[] keyBytes(Map<String, Value> item) {
    byte[] own = KeyBytes.of(key, item);
    return tableKey
        .map(table -> new KeyBytes().append(own).append(KeyBytes.of(table, item)).toArray())
        .orElse(own);
  }

  private byte[] startKey(Map<String, Value> start) {
    if (tableKey.isPresent() && !names(start)) {
      throw DynamoDbException.validation(INVALID_START);
    }
    if (!names(start)
        || !ItemRules.matches(key.attributes(), key.keyOf(start))
        || !tableKey
            .map(table -> ItemRules.matches(table.attributes(), table.keyOf(start)))
            .orElse(true)) {
      throw DynamoDbException.validation(INVALID_START + ": " + ItemRules.mismatch().getMessage());
    }
    return keyBytes(start);
  }

  /** Reports whether a key has the names of all the attributes that it should have, and no more. */
  private boolean names(Map<String, Value> start) {
    List<String> names = key.names();
    long more =
        tableKey.map(KeySchema::names).orElse(List.of()).stream()
            .filter(name -> !names.contains(name))
            .count();
    return start.size() == names.size() + more
        && start.keySet().containsAll(names)
        && start.keySet().containsAll(tableKey.map(KeySchema::names).orElse(names));
  }

  private static void checkStart(
      byte[] start, byte[] partition, SortRange sort, Optional<SortRange.Bounds> bounds) {
    boolean inside = Arrays.mismatch(start, partition) == partition.length;
    if (sort.equals(SortRange.ALL)) {
      if (!inside && !Arrays.equals(start, partition)) {
        throw DynamoDbException.validation(
            "The provided starting key is outside query boundaries based on provided conditions");
      }
    } else if (bounds.isEmpty()
        || Arrays.compareUnsigned(start, bounds.get().from()) < 0
        || Arrays.compareUnsigned(start, bounds.get().to()) >= 0) {
      throw DynamoDbException.validation(
          "The provided starting key does not match the range key predicate");
    }
  }

  /** Gives the next key after {@code itemKey}, which is the same with a zero more. */
  private static byte[] next(byte[] itemKey) {
    return Arrays.copyOf(itemKey, itemKey.length + 1);
  }

  /** Makes the error for a request whose table is deleted meanwhile. */
  static DynamoDbException gone() {
    return DynamoDbException.notFound("Requested resource not found");
  }

  private static Iterator<StoredItem> stored(Iterator<ByteMap.Entry> entries) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        try {
          return entries.hasNext();
        } catch (DroppedMapException e) {
          throw gone();
        }
      }

      @Override
      public StoredItem next() {
        try {
          return StoredItem.wrap(entries.next().value());
        } catch (DroppedMapException e) {
          throw gone();
        }
      }
    };
  }
}
