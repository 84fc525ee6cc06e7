/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.recovery;

import io.sluice.localaws.dynamodb.table.Table;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Knows the tables that point-in-time recovery is enabled for.
 *
 * <p>It is in memory: after a restart it is enabled for none. A table that is deleted is forgotten.
 */
public final class Recovery {

  /** For how many days writes are remembered unless a request says otherwise. */
  static final int DAYS = 35;

  /** Is the part of the heap that the writes of one table may take. */
  private static final int HEAP_SHARE = 8;

  private final InstantSource clock;
  private final Map<Table, TableRecovery> tables = new HashMap<>();
  // The same for each table, so that a table that is enabled again does not have it twice.
  private final Consumer<Table> dropped = this::disable;

  /** Takes times from {@code clock}. */
  public Recovery(InstantSource clock) {
    this.clock = clock;
  }

  /** Gives what is remembered of a table, if point-in-time recovery is enabled for it. */
  public synchronized Optional<TableRecovery> of(Table table) {
    return Optional.ofNullable(tables.get(table));
  }

  /** Enables point-in-time recovery of a table, or changes for how many days. */
  synchronized void enable(Table table, int days) {
    TableRecovery enabled = tables.get(table);
    if (enabled == null) {
      tables.put(
          table,
          new TableRecovery(
              table.store(), clock, days, Runtime.getRuntime().maxMemory() / HEAP_SHARE));
      table.whenDropped(dropped);
    } else {
      enabled.keep(days);
    }
  }

  /** Disables point-in-time recovery of a table, and forgets its writes. */
  synchronized void disable(Table table) {
    TableRecovery enabled = tables.remove(table);
    if (enabled != null) {
      enabled.stop();
    }
  }
}
