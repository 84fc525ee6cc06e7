/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.storage.Batch;
import io.sluice.localaws.dynamodb.storage.Storage;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the indexes of a table's items; callers change which there are while nobody writes. */
final class ItemIndexes {

  private static final int FILL_BATCH = 1000;

  private final Storage storage;
  private final String table;
  private final KeySchema key;
  private volatile Map<String, ItemIndex> indexes;

  /**
   * Opens the indexes that a storage has.
   *
   * @param table the name of the map of the items
   * @param key of the table
   */
  ItemIndexes(Storage storage, String table, KeySchema key, List<IndexDefinition> definitions) {
    this.storage = storage;
    this.table = table;
    this.key = key;
    Map<String, ItemIndex> opened = new LinkedHashMap<>();
    definitions.forEach(definition -> opened.put(definition.name(), open(definition)));
    indexes = opened;
  }

  /** Names the map of an index. */
  static String map(String table, String index) {
    return table + "/" + index;
  }

  /** Lists the definitions. */
  List<IndexDefinition> definitions() {
    return indexes.values().stream().map(ItemIndex::definition).toList();
  }

  /** Gives the items in the order of an index, if there is one of that name. */
  Optional<SortedItems> items(String index) {
    return Optional.ofNullable(indexes.get(index)).map(ItemIndex::items);
  }

  /** Adds to a batch what a change of an item is for the indexes. */
  void follow(Change change, Batch batch) {
    indexes.values().forEach(index -> index.follow(change, batch));
  }

  /** Adds an index, and fills it with those of the items that have its key. */
  void add(IndexDefinition definition, Iterator<StoredItem> items) {
    // A process that ended in the middle of this has left what is there.
    storage.drop(map(table, definition.name()));
    ItemIndex index = open(definition);
    while (items.hasNext()) {
      Batch batch = new Batch();
      for (int i = 0; i < FILL_BATCH && items.hasNext(); i++) {
        index.follow(new Change(Optional.empty(), Optional.of(items.next())), batch);
      }
      storage.write(batch);
    }
    Map<String, ItemIndex> more = new LinkedHashMap<>(indexes);
    more.put(definition.name(), index);
    indexes = more;
  }

  /** Removes an index, if there is one of that name. */
  void remove(String index) {
    Map<String, ItemIndex> fewer = new LinkedHashMap<>(indexes);
    fewer.remove(index);
    indexes = fewer;
    storage.drop(map(table, index));
  }

  /** Removes what all indexes have. */
  void drop() {
    indexes.keySet().forEach(index -> storage.drop(map(table, index)));
  }

  private ItemIndex open(IndexDefinition definition) {
    return new ItemIndex(
        definition,
        key,
        new SortedItems(
            storage.map(map(table, definition.name())), definition.key(), Optional.of(key)));
  }
}
