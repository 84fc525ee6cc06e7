/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.value.Sizes;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Keeps the items of a table in memory, and its indexes in step with them.
 *
 * <p>Reads never block. Writes to a partition take turns, and so do those to the few others that
 * share its lock. When a write returns, the table and each index have it; until then a read may see
 * it in some of them. An item whose key of an index changes may be met twice there, but never not.
 */
public final class ItemStore {

  private static final int STRIPES = 64;

  private final KeySchema key;
  private final SortedItems items;
  private final List<ReentrantLock> stripes =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toList();
  private volatile Map<String, Index> indexes = Map.of();
  private volatile ItemRules rules;
  private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();

  private record Index(IndexDefinition definition, SortedItems items) {}

  /** Starts with no items. */
  public ItemStore(KeySchema key, List<IndexDefinition> indexes) {
    this.key = key;
    this.items = new SortedItems(key, Optional.empty());
    this.rules = new ItemRules(key, List.of());
    indexes.forEach(this::addIndex);
  }

  /** Gives the rules for keys and items. */
  public ItemRules rules() {
    return rules;
  }

  /** Gives the items in the order of the table's key. */
  public SortedItems items() {
    return items;
  }

  /** Gives the items in the order of an index, if the table has one of that name. */
  public Optional<SortedItems> index(String name) {
    return Optional.ofNullable(indexes.get(name)).map(Index::items);
  }

  /**
   * Finds the item with a key.
   *
   * @throws io.sluice.localaws.dynamodb.value.DynamoDbException if the key is not one of this table
   */
  public Optional<Map<String, Value>> get(Map<String, Value> itemKey) {
    return stored(itemKey).map(StoredItem::item);
  }

  /**
   * Finds the item with a key, and does not decode it.
   *
   * @throws io.sluice.localaws.dynamodb.value.DynamoDbException if the key is not one of this table
   */
  public Optional<StoredItem> stored(Map<String, Value> itemKey) {
    rules.checkKey(itemKey);
    return items.get(KeyBytes.of(key, itemKey));
  }

  /** Has one more listener learn of each write from now on, after those that are there. */
  public void listen(ChangeListener listener) {
    listeners.add(listener);
  }

  /** Has a listener learn of no more writes. */
  public void unlisten(ChangeListener listener) {
    listeners.remove(listener);
  }

  /** Puts an item, in place of the one with its key if there is one. */
  public Change put(Map<String, Value> item) {
    long size = Sizes.of(item);
    ItemRules.checkSize(size);
    rules.checkPut(item);
    return put(item, size);
  }

  /**
   * Puts an item that {@link #rules} allow, in place of the one with its key if there is one.
   *
   * @param size of the item, as {@link Sizes#of(Map)} measures it
   */
  public Change put(Map<String, Value> item, long size) {
    Optional<StoredItem> after = Optional.of(StoredItem.of(item, size));
    return write(KeyBytes.of(key, item), Change.Cause.REQUEST, before -> after);
  }

  /** Deletes the item with a key, if there is one. */
  public Change delete(Map<String, Value> itemKey) {
    rules.checkKey(itemKey);
    return write(KeyBytes.of(key, itemKey), Change.Cause.REQUEST, before -> Optional.empty());
  }

  /**
   * Deletes the item with a key, if there is one and {@code expired} says that its time is over.
   *
   * @return the change, in which the item is still there afterwards if its time is not over
   */
  public Change expire(Map<String, Value> itemKey, Predicate<Map<String, Value>> expired) {
    rules.checkKey(itemKey);
    return write(
        KeyBytes.of(key, itemKey),
        Change.Cause.EXPIRY,
        before -> before.filter(stored -> !expired.test(stored.item())));
  }

  /**
   * Replaces the item with a key by what {@code change} makes of it; nobody writes it in between.
   *
   * @param change takes the item, if there is one, and returns what shall be in its place; may
   *     throw, and then nothing changes
   */
  public Change update(
      Map<String, Value> itemKey,
      Function<Optional<Map<String, Value>>, Optional<Map<String, Value>>> change) {
    rules.checkKey(itemKey);
    return write(
        KeyBytes.of(key, itemKey),
        Change.Cause.REQUEST,
        before -> {
          Optional<Map<String, Value>> after = change.apply(before.map(StoredItem::item));
          return after.map(item -> updated(itemKey, item));
        });
  }

  /**
   * Runs {@code action} while nobody else writes the partitions of {@code keys}; the action itself
   * may write them. Whoever needs several tables must take them in the same order as all others.
   */
  public <T> T exclusively(Collection<Map<String, Value>> keys, Supplier<T> action) {
    keys.forEach(rules::checkKey);
    int[] locks =
        keys.stream().mapToInt(k -> stripe(KeyBytes.of(key, k))).sorted().distinct().toArray();
    return locked(locks, action);
  }

  /** Runs {@code action} while nobody else writes at all. */
  public <T> T exclusively(Supplier<T> action) {
    return locked(all(), action);
  }

  /** Adds an index and fills it with the items that have its key; writes wait meanwhile. */
  public void addIndex(IndexDefinition definition) {
    locked(
        all(),
        () -> {
          Index index = new Index(definition, new SortedItems(definition.key(), Optional.of(key)));
          items
              .scan(Segment.WHOLE, Optional.empty())
              .forEachRemaining(
                  item -> reindex(index, new Change(Optional.empty(), Optional.of(item))));
          Map<String, Index> more = new LinkedHashMap<>(indexes);
          more.put(definition.name(), index);
          replaceIndexes(more);
          return index;
        });
  }

  /** Removes an index, if there is one of that name; writes wait meanwhile. */
  public void removeIndex(String name) {
    locked(
        all(),
        () -> {
          Map<String, Index> fewer = new LinkedHashMap<>(indexes);
          fewer.remove(name);
          replaceIndexes(fewer);
          return name;
        });
  }

  private void replaceIndexes(Map<String, Index> replacement) {
    rules = new ItemRules(key, replacement.values().stream().map(Index::definition).toList());
    indexes = replacement;
  }

  private Change write(
      byte[] itemKey,
      Change.Cause cause,
      Function<Optional<StoredItem>, Optional<StoredItem>> change) {
    ReentrantLock lock = stripes.get(stripe(itemKey));
    lock.lock();
    try {
      Optional<StoredItem> before = items.get(itemKey);
      Optional<StoredItem> after = change.apply(before);
      Change done = new Change(before, after, cause);
      if (after.isPresent()) {
        items.put(itemKey, after.get());
      } else {
        items.remove(itemKey);
      }
      indexes.values().forEach(index -> reindex(index, done));
      if (!listeners.isEmpty()) {
        done.after().or(done::before).ifPresent(item -> tell(key.keyOf(item), done));
      }
      return done;
    } finally {
      lock.unlock();
    }
  }

  private void tell(Map<String, Value> changed, Change change) {
    for (ChangeListener listener : listeners) {
      listener.changed(changed, change);
    }
  }

  private void reindex(Index index, Change change) {
    IndexDefinition definition = index.definition();
    Optional<byte[]> oldKey = entry(definition, change.before()).map(index.items()::keyBytes);
    Optional<Map<String, Value>> entry = entry(definition, change.after());
    Optional<byte[]> newKey = entry.map(index.items()::keyBytes);
    if (entry.isPresent()) {
      index
          .items()
          .put(
              newKey.get(),
              definition.isComplete() ? change.storedAfter().get() : StoredItem.of(entry.get()));
    }
    if (oldKey.isPresent() && !(newKey.isPresent() && Arrays.equals(oldKey.get(), newKey.get()))) {
      index.items().remove(oldKey.get());
    }
  }

  private Optional<Map<String, Value>> entry(
      IndexDefinition index, Optional<Map<String, Value>> item) {
    return item.flatMap(present -> ItemRules.entry(index, key, present));
  }

  private StoredItem updated(Map<String, Value> itemKey, Map<String, Value> item) {
    StoredItem updated = StoredItem.of(item);
    rules.checkUpdated(item, updated.size());
    if (!itemKey.equals(key.keyOf(item))) {
      throw new IllegalArgumentException("the item must keep its key " + itemKey);
    }
    return updated;
  }

  private static int stripe(byte[] itemKey) {
    return KeyBytes.hash(itemKey) & (STRIPES - 1);
  }

  private static int[] all() {
    return IntStream.range(0, STRIPES).toArray();
  }

  private <T> T locked(int[] locks, Supplier<T> action) {
    int held = 0;
    try {
      for (int lock : locks) {
        stripes.get(lock).lock();
        held++;
      }
      return action.get();
    } finally {
      while (held > 0) {
        stripes.get(locks[--held]).unlock();
      }
    }
  }
}
