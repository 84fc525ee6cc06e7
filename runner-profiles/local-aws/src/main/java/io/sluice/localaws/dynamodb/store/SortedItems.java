/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Holds the items of a table, or of one of its indexes, in the order of scans and queries: by a
 * hash of the partition key, then by sort key, and in an index by the table's key at last.
 *
 * <p>Reads never block. A read may or may not meet what is written while it goes on; what is there
 * from its beginning to its end is met once.
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
  private final Shards items = new Shards();
  private final LongAdder count = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  /** Starts with no items. */
  SortedItems(KeySchema key, Optional<KeySchema> tableKey) {
    this.key = key;
    this.tableKey = tableKey;
  }

  /** Gives the key that the items are ordered by, without that of an index's table. */
  public KeySchema key() {
    return key;
  }

  /** Counts the items. */
  public long count() {
    return count.sum();
  }

  /** Adds up the sizes of the items, as the service measures them. */
  public long bytes() {
    return bytes.sum();
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
      // The next key after this one is the same with a zero more.
      from = Arrays.copyOf(after, after.length + 1);
    }
    return stored(items.scan(from, end));
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
    NavigableMap<byte[], byte[]> range =
        items.with(partition).subMap(bounds.get().from(), true, bounds.get().to(), false);
    if (direction == Direction.BACKWARD) {
      range = range.descendingMap();
    }
    if (after.isPresent()) {
      range = range.tailMap(after.get(), false);
    }
    return stored(range.values().iterator());
  }

  Optional<StoredItem> get(byte[] itemKey) {
    return Optional.ofNullable(items.with(itemKey).get(itemKey)).map(StoredItem::wrap);
  }

  /** Puts an item, or replaces one; callers that write the same key must take turns. */
  Optional<StoredItem> put(byte[] itemKey, StoredItem item) {
    byte[] replaced = items.with(itemKey).put(itemKey, item.bytes());
    if (replaced == null) {
      count.increment();
      bytes.add(item.size());
      return Optional.empty();
    }
    bytes.add(item.size() - StoredItem.size(replaced));
    return Optional.of(StoredItem.wrap(replaced));
  }

  /** Removes an item; callers that write the same key must take turns. */
  Optional<StoredItem> remove(byte[] itemKey) {
    byte[] removed = items.with(itemKey).remove(itemKey);
    if (removed == null) {
      return Optional.empty();
    }
    count.decrement();
    bytes.add(-StoredItem.size(removed));
    return Optional.of(StoredItem.wrap(removed));
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

  private static Iterator<StoredItem> stored(Iterator<byte[]> values) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return values.hasNext();
      }

      @Override
      public StoredItem next() {
        return StoredItem.wrap(values.next());
      }
    };
  }

  /** Divides one sorted map into many by the hash of the key, so that searches are shorter. */
  private static final class Shards {

    private static final int BITS = 10;

    private final AtomicReferenceArray<NavigableMap<byte[], byte[]>> shards =
        new AtomicReferenceArray<>(1 << BITS);

    /** Gives the map that has the partition of a key. */
    NavigableMap<byte[], byte[]> with(byte[] key) {
      int index = index(key);
      NavigableMap<byte[], byte[]> shard = shards.get(index);
      if (shard == null) {
        shards.compareAndSet(index, null, new ConcurrentSkipListMap<>(Arrays::compareUnsigned));
        shard = shards.get(index);
      }
      return shard;
    }

    /** Reads the values from a key on and up to another, without that. */
    Iterator<byte[]> scan(byte[] from, Optional<byte[]> to) {
      int last = to.map(Shards::index).orElse(shards.length() - 1);
      return new Iterator<>() {
        private int next = index(from);
        private Iterator<byte[]> values = Collections.emptyIterator();

        @Override
        public boolean hasNext() {
          while (!values.hasNext() && next <= last) {
            values = values(next++, from, to);
          }
          return values.hasNext();
        }

        @Override
        public byte[] next() {
          if (!hasNext()) {
            throw new NoSuchElementException();
          }
          return values.next();
        }
      };
    }

    private Iterator<byte[]> values(int index, byte[] from, Optional<byte[]> to) {
      NavigableMap<byte[], byte[]> shard = shards.get(index);
      if (shard == null) {
        return Collections.emptyIterator();
      }
      if (index == index(from)) {
        shard = shard.tailMap(from, true);
      }
      if (to.isPresent() && index == index(to.get())) {
        shard = shard.headMap(to.get(), false);
      }
      return shard.values().iterator();
    }

    private static int index(byte[] key) {
      return KeyBytes.hash(key) >>> (Integer.SIZE - BITS);
    }
  }
}
