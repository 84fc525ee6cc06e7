/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expiry;

import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.store.Segment;
import io.sluice.localaws.dynamodb.store.StoredItem;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.table.TimeToLive;
import io.sluice.localaws.dynamodb.value.Value;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * Deletes expired items of the tables that have a time to live. It consumes no capacity, and
 * streams say that it was the service.
 *
 * <p>A sweep reads each such table as a whole. An item that is renewed meanwhile stays.
 */
public final class Sweeper {

  private static final System.Logger LOG = System.getLogger(Sweeper.class.getName());

  private final Tables tables;
  private final InstantSource clock;

  /** Sweeps {@code tables} by the time of {@code clock}. */
  public Sweeper(Tables tables, InstantSource clock) {
    this.tables = tables;
    this.clock = clock;
  }

  /**
   * Deletes the items that have expired by now, and counts them. What goes wrong with one table is
   * logged, and keeps neither the other tables from it nor the next sweep.
   */
  public long sweep() {
    long deleted = 0;
    for (Table table : tables.all()) {
      deleted += trySweep(table);
    }
    return deleted;
  }

  private long trySweep(Table table) {
    try {
      return sweep(table);
    } catch (Throwable e) {
      // A table that is deleted meanwhile has no items to sweep.
      if (tables.find(table.definition().name()).filter(table::equals).isPresent()) {
        LOG.log(Level.ERROR, () -> "expired items stay for now in " + table.arn(), e);
      }
      return 0;
    }
  }

  private long sweep(Table table) {
    Optional<Expiry> expiry = expiry(table.timeToLive());
    if (expiry.isEmpty()) {
      return 0;
    }
    KeySchema key = table.definition().key();
    Iterator<StoredItem> items = table.store().items().scan(Segment.WHOLE, Optional.empty());
    long deleted = 0;
    while (items.hasNext()) {
      Map<String, Value> item = items.next().item();
      if (expiry.get().isOver(item) && delete(table, key.keyOf(item))) {
        deleted++;
      }
    }
    return deleted;
  }

  private boolean delete(Table table, Map<String, Value> key) {
    Change change = table.store().expire(key, item -> isOver(table, item));
    return change.before().isPresent() && change.after().isEmpty();
  }

  /** Looks again, now that nobody writes the item, and the table as it may have become. */
  private boolean isOver(Table table, Map<String, Value> item) {
    return expiry(table.timeToLive()).filter(expiry -> expiry.isOver(item)).isPresent();
  }

  private Optional<Expiry> expiry(TimeToLive timeToLive) {
    return timeToLive.attribute().map(attribute -> Expiry.at(attribute, clock.instant()));
  }
}
