/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The table: what is in it, and what it can take just now. */
final class TableState {
  private final SimulatedTable table;
  private final ItemStore store;
  private final LongSupplier clock;
  private Capacity writes;
  private Capacity reads;

  TableState(EndpointSettings settings, LongSupplier clock) {
    this.table = settings.table();
    this.store = ItemStore.of(settings);
    this.clock = clock;
    this.writes = Capacity.ofWrites(settings.throughput(), table.indexes(), clock.getAsLong());
    this.reads = Capacity.ofReads(settings.throughput(), clock.getAsLong());
  }

  ItemStore store() {
    return store;
  }

  synchronized void change(Throughput throughput) {
    writes.changeWrites(throughput, table.indexes(), clock.getAsLong());
    reads.changeReads(throughput, clock.getAsLong());
  }

  synchronized void reset(Throughput throughput) {
    store.clear();
    writes = Capacity.ofWrites(throughput, table.indexes(), clock.getAsLong());
    reads = Capacity.ofReads(throughput, clock.getAsLong());
  }

  /**
   * Takes what there is capacity for.
   *
   * @param random which items not to take besides, at random; null for none
   */
  synchronized Taken write(List<Put> puts, byte[] body, @Nullable RandomGenerator random) {
    long now = clock.getAsLong();
    boolean[] spared = random == null ? new boolean[0] : spare(puts.size(), random);
    List<Put> unprocessed = new ArrayList<>(0);
    double units = 0;
    double[] indexUnits = new double[table.indexes().size()];
    for (int i = 0; i < puts.size(); i++) {
      Put put = puts.get(i);
      if ((i < spared.length && spared[i]) || !writes.hasUnits(put.place(), put.indexes(), now)) {
        unprocessed.add(put);
        continue;
      }
      double cost = cost(put);
      units += cost;
      writes.take(put.place(), cost);
      for (int index = 0; index < indexUnits.length; index++) {
        if ((put.indexes() & 1 << index) != 0) {
          int fixed = table.indexes().get(index).unitsPerItem();
          double indexCost = fixed == 0 ? cost : fixed;
          indexUnits[index] += indexCost;
          writes.takeOfIndex(index, indexCost);
        }
      }
      store.put(put, body);
    }
    return new Taken(puts.size() - unprocessed.size(), unprocessed, units, indexUnits);
  }

  /** Chooses at least one item and not all; none of one. */
  static boolean[] spare(int items, RandomGenerator random) {
    boolean[] spared = new boolean[items];
    int left = items > 1 ? 1 + random.nextInt(items - 1) : 0;
    while (left > 0) {
      int i = random.nextInt(items);
      if (!spared[i]) {
        spared[i] = true;
        left--;
      }
    }
    return spared;
  }

  /** To replace an item costs by the larger of the two. */
  private double cost(Put put) {
    if (table.unitsPerItem() > 0) {
      return table.unitsPerItem();
    }
    int size = Math.max(put.size(), store.sizeBefore(put));
    return Math.max(1, (size + 1023) / 1024);
  }

  /** Whether a read from a place is possible now. */
  synchronized boolean canRead(int place) {
    return reads.hasUnits(place, 0, clock.getAsLong());
  }

  synchronized void tookRead(int place, double units) {
    reads.take(place, units);
  }
}
