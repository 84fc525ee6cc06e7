/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import java.util.List;

/** The buckets that a write, or a read, has to find something in. Not thread-safe. */
final class Capacity {
  private final TokenBucket table;
  private final TokenBucket[] indexes;
  private TokenBucket[] partitions = new TokenBucket[0];

  private Capacity(TokenBucket table, TokenBucket[] indexes) {
    this.table = table;
    this.indexes = indexes;
  }

  static Capacity ofWrites(Throughput limits, List<SimulatedIndex> indexes, long nanos) {
    TokenBucket[] buckets = new TokenBucket[indexes.size()];
    for (int i = 0; i < buckets.length; i++) {
      double perSecond = indexWrite(limits, indexes.get(i));
      buckets[i] = new TokenBucket(perSecond, limits.burstSeconds(), nanos);
    }
    Capacity capacity =
        new Capacity(
            new TokenBucket(limits.writePerSecond(), limits.burstSeconds(), nanos), buckets);
    capacity.partition(limits, limits.partitionWritePerSecond(), nanos);
    return capacity;
  }

  static Capacity ofReads(Throughput limits, long nanos) {
    Capacity capacity =
        new Capacity(
            new TokenBucket(limits.readPerSecond(), limits.burstSeconds(), nanos),
            new TokenBucket[0]);
    capacity.partition(limits, limits.partitionReadPerSecond(), nanos);
    return capacity;
  }

  private static double indexWrite(Throughput limits, SimulatedIndex index) {
    return limits.indexWritePerSecond().getOrDefault(index.name(), Throughput.UNLIMITED);
  }

  private void partition(Throughput limits, double perSecond, long nanos) {
    if (partitions.length != limits.partitions()) {
      partitions = new TokenBucket[limits.partitions()];
    }
    for (int i = 0; i < partitions.length; i++) {
      if (partitions[i] == null) {
        partitions[i] = new TokenBucket(perSecond, limits.burstSeconds(), nanos);
      } else {
        partitions[i].change(perSecond, limits.burstSeconds(), nanos);
      }
    }
  }

  void changeWrites(Throughput limits, List<SimulatedIndex> all, long nanos) {
    table.change(limits.writePerSecond(), limits.burstSeconds(), nanos);
    for (int i = 0; i < indexes.length; i++) {
      indexes[i].change(indexWrite(limits, all.get(i)), limits.burstSeconds(), nanos);
    }
    partition(limits, limits.partitionWritePerSecond(), nanos);
  }

  void changeReads(Throughput limits, long nanos) {
    table.change(limits.readPerSecond(), limits.burstSeconds(), nanos);
    partition(limits, limits.partitionReadPerSecond(), nanos);
  }

  /** Whether something can be taken for a key. */
  boolean hasUnits(int place, int indexBits, long nanos) {
    if (!table.hasUnits(nanos)) {
      return false;
    }
    if (partitions.length > 0 && !partitionOf(place).hasUnits(nanos)) {
      return false;
    }
    for (int i = 0; i < indexes.length; i++) {
      if ((indexBits & 1 << i) != 0 && !indexes[i].hasUnits(nanos)) {
        return false;
      }
    }
    return true;
  }

  void take(int place, double units) {
    table.take(units);
    if (partitions.length > 0) {
      partitionOf(place).take(units);
    }
  }

  void takeOfIndex(int index, double units) {
    indexes[index].take(units);
  }

  private TokenBucket partitionOf(int place) {
    return partitions[(int) ((long) place * partitions.length / StoredKey.PLACES)];
  }
}
