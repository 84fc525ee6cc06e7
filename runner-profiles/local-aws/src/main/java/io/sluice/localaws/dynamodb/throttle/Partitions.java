/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.throttle;

import io.sluice.localaws.dynamodb.store.PartitionHash;
import java.time.Duration;
import java.util.TreeMap;

/**
 * Divides the hashes of a table or an index among partitions, each of which takes so much and no
 * more.
 *
 * <p>"Burst and adaptive capacity" and "Designing partition keys" of the developer guide say that a
 * partition takes 1,000 write and 3,000 read units a second at most, that it may use what others
 * leave of the table's capacity up to then, and that partitions with heat are divided, down to a
 * single item. Here a partition has no share of its own of the table's capacity, only that maximum;
 * when it has been throttled for a while without a pause it splits in the middle of its hashes, and
 * each half takes the maximum. A partition of one hash does not split: the service can divide items
 * with one partition key by their sort keys, which is not played here. Not safe for several threads
 * at once.
 */
final class Partitions {

  /** Ends heat: a partition that was not throttled for so long begins anew. */
  private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

  private final TreeMap<Long, Partition> byStart = new TreeMap<>();

  /** Holds the capacity of the hashes from {@code start} up to {@code end}, exclusive. */
  private static final class Partition {
    private final long start;
    private final long end;
    private final TokenBucket read;
    private final TokenBucket write;
    private long hotSince;
    private long throttled = Long.MIN_VALUE;

    Partition(long start, long end, CapacitySettings settings, long now) {
      this.start = start;
      this.end = end;
      this.read = new TokenBucket(settings.partitionRead(), 1, 1, now);
      this.write = new TokenBucket(settings.partitionWrite(), 1, 1, now);
    }

    TokenBucket bucket(Direction direction) {
      return direction == Direction.READ ? read : write;
    }

    /** Notes that it is throttled, and reports whether it has been for {@code limit}. */
    boolean isHot(long now, Duration limit) {
      if (throttled == Long.MIN_VALUE || now - throttled > PAUSE_NANOS) {
        hotSince = now;
      }
      throttled = now;
      return now - hotSince >= limit.toNanos();
    }
  }

  /** Starts with {@code count} partitions of the same size. */
  Partitions(int count, CapacitySettings settings, long now) {
    for (int i = 0; i < count; i++) {
      put(PartitionHash.COUNT * i / count, PartitionHash.COUNT * (i + 1) / count, settings, now);
    }
  }

  /** Gives the number of partitions. */
  int count() {
    return byStart.size();
  }

  /** Splits the largest partitions until there are {@code count}; there are never fewer. */
  void grow(int count, CapacitySettings settings, long now) {
    while (byStart.size() < count) {
      Partition largest = byStart.firstEntry().getValue();
      for (Partition partition : byStart.values()) {
        if (partition.end - partition.start > largest.end - largest.start) {
          largest = partition;
        }
      }
      split(largest, settings, now);
    }
  }

  /** Has partitions take what {@code settings} say from now on. */
  void change(CapacitySettings settings, long now) {
    for (Partition partition : byStart.values()) {
      partition.read.change(settings.partitionRead(), 1, now);
      partition.write.change(settings.partitionWrite(), 1, now);
    }
  }

  /** Reports whether something may be taken of the partition of {@code hash}; it may split. */
  boolean hasUnits(Direction direction, long hash, CapacitySettings settings, long now) {
    Partition partition = find(hash);
    if (partition.bucket(direction).hasUnits(now)) {
      return true;
    }
    if (partition.isHot(now, settings.splitAfter()) && partition.end - partition.start > 1) {
      split(partition, settings, now);
      return true;
    }
    return false;
  }

  void take(Direction direction, long hash, double units) {
    find(hash).bucket(direction).take(units);
  }

  private Partition find(long hash) {
    return byStart.floorEntry(hash).getValue();
  }

  private void split(Partition partition, CapacitySettings settings, long now) {
    long middle = (partition.start + partition.end) / 2;
    put(partition.start, middle, settings, now);
    put(middle, partition.end, settings, now);
  }

  private void put(long start, long end, CapacitySettings settings, long now) {
    byStart.put(start, new Partition(start, end, settings, now));
  }
}
