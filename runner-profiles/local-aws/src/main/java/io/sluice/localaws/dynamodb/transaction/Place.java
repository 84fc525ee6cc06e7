/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.transaction;

import io.sluice.localaws.dynamodb.store.StoredItem;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Says where an item is, or would be. */
record Place(Table table, Map<String, Value> key) {

  /** Finds the item as it is now, if there is one. */
  Optional<StoredItem> item() {
    return table.store().stored(key);
  }

  /** Checks that no place is there twice. */
  static void checkDistinct(List<Place> places) {
    if (new HashSet<>(places).size() < places.size()) {
      throw DynamoDbException.validation(
          "Transaction request cannot include multiple operations on one item");
    }
  }

  /**
   * Runs {@code action} while nobody else writes at {@code places}; the action itself may.
   *
   * <p>Tables are taken in the order of their names, so whoever waits for one holds none behind it.
   */
  static <T> T exclusively(List<Place> places, Supplier<T> action) {
    Map<String, List<Place>> tables = new TreeMap<>();
    for (Place place : places) {
      tables.computeIfAbsent(place.table.definition().name(), name -> new ArrayList<>()).add(place);
    }
    return exclusively(tables.values().iterator(), action);
  }

  private static <T> T exclusively(Iterator<List<Place>> tables, Supplier<T> action) {
    if (!tables.hasNext()) {
      return action.get();
    }
    List<Place> places = tables.next();
    Collection<Map<String, Value>> keys = places.stream().map(Place::key).toList();
    return places.get(0).table.store().exclusively(keys, () -> exclusively(tables, action));
  }
}
