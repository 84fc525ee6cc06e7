/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.transaction;

import io.sluice.localaws.dynamodb.capacity.Consumed;
import io.sluice.localaws.dynamodb.capacity.Meter;
import io.sluice.localaws.dynamodb.capacity.Metering;
import io.sluice.localaws.dynamodb.capacity.Units;
import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.store.StoredItem;
import io.sluice.localaws.dynamodb.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Charges transactions: what the meter is told is what the answer reports, by table. */
final class Bill {

  private Bill() {}

  /** Charges the writes and checks of a transaction that is done. */
  static List<Consumed> done(List<TableWrite> writes, List<Change> changes) {
    List<Consumed> all = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      TableWrite write = writes.get(i);
      Change change = changes.get(i);
      Consumed consumed = Units.write(write.table(), change).inTransaction();
      if (write.changes()) {
        Metering.current().wrote(write.table(), key(write), change, consumed);
      } else {
        Metering.current().checked(write.table(), key(write), change, consumed);
      }
      all.add(consumed);
    }
    return Consumed.byTable(all);
  }

  /**
   * Charges a transaction that is cancelled for each item that it looked at, as for a write whose
   * condition is not met: nobody is told, and no index is charged.
   *
   * @param items as they are and stay; of a write without a place none is looked at
   */
  static void cancelled(List<TableWrite> writes, List<Optional<StoredItem>> items) {
    for (int i = 0; i < writes.size(); i++) {
      TableWrite write = writes.get(i);
      if (write.place().isPresent()) {
        Change unchanged = new Change(items.get(i), items.get(i));
        Consumed consumed = Units.write(write.table(), unchanged).inTransaction();
        Metering.current().checked(write.table(), key(write), unchanged, consumed);
      }
    }
  }

  /** Computes by table what it will take to read all items, should the transaction be repeated. */
  static List<Consumed> repetition(List<TableWrite> writes, List<Change> changes) {
    List<Consumed> all = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      Change change = changes.get(i);
      long bytes = Math.max(change.sizeBefore(), change.sizeAfter());
      all.add(read(writes.get(i).table(), bytes));
    }
    return Consumed.byTable(all);
  }

  /** Charges a transaction that is asked for once more and not done again. */
  static void repeated(List<TableWrite> writes, List<Consumed> repetition) {
    Map<String, Table> tables = new LinkedHashMap<>();
    writes.forEach(write -> tables.put(write.table().definition().name(), write.table()));
    repetition.forEach(
        consumed -> Metering.current().repeated(tables.get(consumed.table()), consumed));
  }

  /** Charges reads, all of them or none if there is not enough capacity. */
  static List<Consumed> read(List<Place> places, List<Optional<StoredItem>> items) {
    List<Consumed> all = new ArrayList<>();
    List<Meter.TableRead> reads = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      Optional<StoredItem> item = items.get(i);
      Consumed consumed = read(place.table(), item.map(StoredItem::size).orElse(0));
      all.add(consumed);
      reads.add(
          new Meter.TableRead(
              place.table(),
              new Meter.Read(
                  consumed,
                  Optional.empty(),
                  () -> Optional.of(place.key()),
                  item.isPresent() ? 1 : 0)));
    }
    Metering.current().reads(reads);
    return Consumed.byTable(all);
  }

  private static Consumed read(Table table, long bytes) {
    return Consumed.ofTable(table.definition().name(), Units.read(bytes, true)).inTransaction();
  }

  private static byte[] key(TableWrite write) {
    return write.table().store().keyBytes(write.place().orElseThrow().key());
  }
}
