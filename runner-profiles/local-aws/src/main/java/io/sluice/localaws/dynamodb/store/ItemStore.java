/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.storage.Batch;
import io.sluice.localaws.dynamodb.storage.MemoryStorage;
import io.sluice.localaws.dynamodb.storage.Storage;
import io.sluice.localaws.dynamodb.value.Sizes;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Keeps the items of a table in a storage, and its indexes in step with them.
 *
 * <p>Reads never block. Writes to a partition take turns, and so do those to the few others that
 * share its lock. When a write returns, the table and each index have it; until then a read may see
 * it in some of them. An item whose key of an index changes is in two places there for a moment,
 * but never in none. One long read of the index may meet it twice, or not at all if it moves to
 * what the read has passed already.
 */
public final class ItemStore {

  private final Storage storage;
  private final String name;
  private final KeySchema key;
  private final SortedItems items;
  private final KeyLocks locks = new KeyLocks();
  private final ItemIndexes indexes;
  private volatile ItemRules rules;
  private volatile WriteGate gate = WriteGate.OPEN;
  private volatile boolean dropped;
  private final Listeners listeners = new Listeners();

  /** Starts with no items, in memory. */
  public ItemStore(KeySchema key, List<IndexDefinition> indexes) {
    this(new MemoryStorage(), "items", key, indexes);
  }

  /**
   * Opens the items that a storage has.
   *
   * @param name of the map of the items, with which the names of the indexes' maps begin
   */
  public ItemStore(Storage storage, String name, KeySchema key, List<IndexDefinition> indexes) {
    this.storage = storage;
    this.name = name;
    this.key = key;
    this.items = new SortedItems(storage.map(name), key, Optional.empty());
    this.indexes = new ItemIndexes(storage, name, key, indexes);
    this.rules = new ItemRules(key, indexes);
  }

  /** Names the maps of all items that have a definition, in this storage. */
  public static Set<String> maps(String name, List<IndexDefinition> indexes) {
    Set<String> maps = new HashSet<>(Set.of(name));
    indexes.forEach(index -> maps.add(ItemIndexes.map(name, index.name())));
    return maps;
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
    return indexes.items(name);
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

  /** Gives what stands for an item's key where writes are admitted, see {@link WriteGate#admit}. */
  public byte[] keyBytes(Map<String, Value> itemKey) {
    return KeyBytes.of(key, itemKey);
  }

  /** Has one more listener learn of each write from now on, after those that are there. */
  public void listen(ChangeListener listener) {
    listeners.add(listener);
  }

  /** Has a listener learn of no more writes. */
  public void unlisten(ChangeListener listener) {
    listeners.remove(listener);
  }

  /** Has every write pass {@code newGate} from now on, in place of the one before. */
  public void pass(WriteGate newGate) {
    gate = newGate;
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
    return locks.withAll(keys.stream().map(each -> KeyBytes.of(key, each)).toList(), action);
  }

  /** Runs {@code action} while nobody else writes at all. */
  public <T> T exclusively(Supplier<T> action) {
    return locks.withEvery(action);
  }

  /**
   * Runs an action that writes items, no two of them with the same key; a storage that is durable
   * takes all writes at once when the action has ended, which costs less than one by one. The
   * action cannot read what it writes; if it throws, some may be written.
   *
   * @param keys the keys, which {@link #rules} allow, of all that the action writes
   */
  public <T> T together(Collection<Map<String, Value>> keys, Supplier<T> action) {
    if (!storage.isDurable()) {
      // Memory has nothing to gain from it, and who takes fewer locks waits less.
      return action.get();
    }
    return locks.withAll(
        keys.stream().map(each -> KeyBytes.of(key, each)).toList(),
        () -> storage.atomically(action));
  }

  /**
   * Makes one write of all that {@code action} writes, also of other tables in the same storage;
   * what it writes it cannot read, and nothing is written if it throws. The caller must keep others
   * from the items, as {@link #exclusively} does.
   */
  public <T> T atomically(Supplier<T> action) {
    return storage.atomically(action);
  }

  /** Adds an index and fills it with the items that have its key; writes wait meanwhile. */
  public void addIndex(IndexDefinition definition) {
    locks.withEvery(
        () -> {
          indexes.add(definition, items.scan(Segment.WHOLE, Optional.empty()));
          return rules = new ItemRules(key, indexes.definitions());
        });
  }

  /** Removes an index, if there is one of that name; writes wait meanwhile. */
  public void removeIndex(String index) {
    locks.withEvery(
        () -> {
          try {
            indexes.remove(index);
          } finally {
            rules = new ItemRules(key, indexes.definitions());
          }
          return rules;
        });
  }

  /** Removes all items and indexes; whoever still uses them learns that there is no such table. */
  public void drop() {
    locks.withEvery(
        () -> {
          dropped = true;
          storage.drop(name);
          indexes.drop();
          return name;
        });
  }

  private Change write(
      byte[] itemKey,
      Change.Cause cause,
      Function<Optional<StoredItem>, Optional<StoredItem>> change) {
    return locks.with(itemKey, () -> writeNow(itemKey, cause, change));
  }

  private Change writeNow(
      byte[] itemKey,
      Change.Cause cause,
      Function<Optional<StoredItem>, Optional<StoredItem>> change) {
    if (dropped) {
      throw SortedItems.gone();
    }
    Optional<StoredItem> before = items.get(itemKey);
    Optional<StoredItem> after = gate.changed(itemKey, before, change);
    Change done = new Change(before, after, cause);
    gate.admit(itemKey, done);
    Batch batch = new Batch();
    if (after.isPresent()) {
      items.put(batch, itemKey, after.get(), size(before));
    } else if (before.isPresent()) {
      items.remove(batch, itemKey, before.get().size());
    }
    indexes.follow(done, batch);
    listeners.tell(key, done, batch);
    storage.write(batch);
    return done;
  }

  private static OptionalInt size(Optional<StoredItem> item) {
    return item.isPresent() ? OptionalInt.of(item.get().size()) : OptionalInt.empty();
  }

  private StoredItem updated(Map<String, Value> itemKey, Map<String, Value> item) {
    StoredItem updated = StoredItem.of(item);
    rules.checkUpdated(item, updated.size());
    if (!itemKey.equals(key.keyOf(item))) {
      throw new IllegalArgumentException("the item must keep its key " + itemKey);
    }
    return updated;
  }
}
