/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.localaws.dynamodb.storage.Batch;
import io.sluice.localaws.dynamodb.storage.ByteMap;
import io.sluice.localaws.dynamodb.storage.Storage;
import io.sluice.localaws.dynamodb.store.ItemStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Keeps the definitions of the tables of a storage, and says where their items are. */
final class Catalog {

  private static final String TABLES = "tables";
  private static final String ITEMS = "items/";

  private final Storage storage;
  private final ByteMap tables;

  Catalog(Storage storage) {
    this.storage = storage;
    this.tables = storage.map(TABLES);
  }

  /** Lists all tables, after the removal of what is left of others. */
  List<TableRecord> open() {
    List<TableRecord> all = new ArrayList<>();
    tables
        .ascending(new byte[0], Optional.empty())
        .forEachRemaining(entry -> all.add(TableRecordCodec.decode(entry.value())));
    Set<String> used = new HashSet<>();
    all.forEach(
        table -> used.addAll(ItemStore.maps(items(table.id()), table.definition().indexes())));
    // A process may have ended while it deleted a table or filled an index.
    for (String name : storage.names()) {
      if (name.startsWith(ITEMS) && !used.contains(name)) {
        storage.drop(name);
      }
    }
    return all;
  }

  /** Opens the items of a table. */
  ItemStore items(TableRecord table) {
    return new ItemStore(
        storage, items(table.id()), table.definition().key(), table.definition().indexes());
  }

  /** Keeps a table, in place of the one of its name. */
  void save(TableRecord table) {
    storage.write(
        new Batch().put(tables, key(table.definition().name()), TableRecordCodec.encode(table)));
  }

  /** Forgets a table, but not its items. */
  void remove(String name) {
    storage.write(new Batch().remove(tables, key(name)));
  }

  private static String items(UUID id) {
    return ITEMS + id;
  }

  private static byte[] key(String name) {
    return name.getBytes(UTF_8);
  }
}
