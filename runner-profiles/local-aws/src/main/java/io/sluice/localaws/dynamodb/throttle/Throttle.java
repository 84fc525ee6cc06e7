/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.throttle;

import io.sluice.localaws.dynamodb.capacity.Consumed;
import io.sluice.localaws.dynamodb.capacity.Meter;
import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.table.Table;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides whether there is capacity for a write or a read.
 *
 * <p>A write's units are known before it happens, from the item before and after; a read's when it
 * has been done and is not answered yet. Either is let through while there is anything in the
 * buckets of the table, of its partition, and of each global index that it changes, and then costs
 * all that it takes, so that it may put them in debt.
 */
public final class Throttle {

  private static final long NANOS = 1_000_000_000L;

  private final InstantSource clock;
  private final Map<String, TableCapacity> tables = new ConcurrentHashMap<>();
  private final AtomicLong resets = new AtomicLong();
  private volatile CapacitySettings settings;

  /** Enforces {@code settings} by {@code clock}. */
  public Throttle(CapacitySettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Gives the settings. */
  public CapacitySettings settings() {
    return settings;
  }

  /** Replaces the settings, for all tables at once. */
  public void change(CapacitySettings newSettings) {
    settings = newSettings;
  }

  /** Has a table save unused capacity from now on. */
  public void add(Table table) {
    capacity(table, settings);
  }

  /** Forgets what was consumed and how partitions have split. */
  public void reset() {
    tables.clear();
    resets.incrementAndGet();
  }

  /** Counts how often what was consumed has been forgotten. */
  public long resets() {
    return resets.get();
  }

  /**
   * Takes what a write costs, or says why it must not happen.
   *
   * @param key as a {@link io.sluice.localaws.dynamodb.store.WriteGate} is given it
   */
  public Optional<Reason> write(Table table, byte[] key, Change change, Consumed consumed) {
    CapacitySettings now = settings;
    return now.enforced()
        ? capacity(table, now).write(key, change, consumed, now, nanos())
        : Optional.empty();
  }

  /** Takes what a write costs that can no longer be refused. */
  public void settle(Table table, byte[] key, Change change, Consumed consumed) {
    CapacitySettings now = settings;
    if (now.enforced()) {
      capacity(table, now).settle(key, change, consumed, now, nanos());
    }
  }

  /** Takes what a read costs, or says why it must not be answered. */
  public Optional<Reason> read(Table table, Meter.Read read) {
    CapacitySettings now = settings;
    return now.enforced() ? capacity(table, now).read(read, now, nanos()) : Optional.empty();
  }

  /** Says why a read must not be answered, and takes nothing. */
  public Optional<Reason> missing(Table table, Meter.Read read) {
    CapacitySettings now = settings;
    return now.enforced() ? capacity(table, now).missing(read, now, nanos()) : Optional.empty();
  }

  /** Takes what a read costs that can no longer be refused. */
  public void settle(Table table, Meter.Read read) {
    CapacitySettings now = settings;
    if (now.enforced()) {
      capacity(table, now).settle(read, now, nanos());
    }
  }

  /**
   * Gives all units that requests were ever charged for of a table, or of an index of it, while
   * capacity was enforced.
   */
  public double taken(Table table, Optional<String> index, Direction direction) {
    return capacity(table, settings).taken(direction, index);
  }

  /** Gives the number of partitions of a table, or of an index of it. */
  public int partitions(Table table, Optional<String> index) {
    return capacity(table, settings).partitions(index);
  }

  private TableCapacity capacity(Table table, CapacitySettings now) {
    String name = table.definition().name();
    TableCapacity known = tables.get(name);
    return known != null && known.isOf(table)
        ? known
        : tables.compute(
            name,
            (same, other) ->
                other != null && other.isOf(table)
                    ? other
                    : new TableCapacity(table, now, nanos()));
  }

  private long nanos() {
    Instant now = clock.instant();
    return now.getEpochSecond() * NANOS + now.getNano();
  }
}
