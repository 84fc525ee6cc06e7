/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.stream;

import io.sluice.localaws.dynamodb.store.PartitionHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Keeps the shards of a stream, closes them when it is time, and trims them. Callers take turns.
 *
 * <p>Each partition key belongs to one open shard. A shard's children have the keys that it had, so
 * whoever reads a shard to its end before its children gets the changes of an item in their order.
 */
final class ShardTree {

  /** How many sequence numbers a millisecond has, so that they grow over restarts, too. */
  private static final long NUMBERS_PER_MILLI = 1_000_000;

  private final StreamSettings settings;
  private final Supplier<RecordLog> logs;
  private final Memory memory;
  private final Random random;
  private final NavigableMap<String, Shard> all = new TreeMap<>();
  private final NavigableMap<Long, Shard> open = new TreeMap<>();
  private long sequence;
  private long idMillis;
  private long heapBytes;
  private long dueMillis;

  /** Opens the first shards, which divide the partitions evenly. */
  ShardTree(
      StreamSettings settings,
      Supplier<RecordLog> logs,
      Memory memory,
      Random random,
      Instant now) {
    this.settings = settings;
    this.logs = logs;
    this.memory = memory;
    this.random = random;
    this.sequence = now.toEpochMilli() * NUMBERS_PER_MILLI;
    long count = settings.shards();
    for (long i = 0; i < count; i++) {
      long from = PartitionHash.COUNT * i / count;
      long to = PartitionHash.COUNT * (i + 1) / count;
      open(Optional.empty(), new Shard.Range(from, to), now);
    }
    dueMillis = due();
  }

  /** Gives the shard with an id, if there is one. */
  Optional<Shard> find(String id) {
    return Optional.ofNullable(all.get(id));
  }

  /** Lists the shards in the order of their ids, those after {@code id} if it is there. */
  Collection<Shard> after(Optional<String> id) {
    return id.map(start -> all.tailMap(start, false)).orElse(all).values();
  }

  /** Gives the sequence number of the latest record. */
  long sequence() {
    return sequence;
  }

  /** Adds a record to the shard that has its partition. */
  void append(long hash, StreamRecord.Draft draft, Instant now) {
    upkeep(now);
    Shard shard = open.floorEntry(hash).getValue();
    StreamRecord record = draft.at(++sequence, now.toEpochMilli());
    shard.append(record);
    count(record.heapBytes());
    dueMillis = Math.min(dueMillis, record.millis() + settings.retention().toMillis());
    if (settings.splitAfter() > 0 && shard.appended() >= settings.splitAfter()) {
      split(shard, now);
    }
  }

  /** Closes a shard and opens two that have half of its partitions each; reports whether it did. */
  boolean split(Shard shard, Instant now) {
    if (shard.isClosed() || shard.range().width() < 2) {
      return false;
    }
    replace(shard, List.of(shard.range().lower(), shard.range().upper()), now);
    return true;
  }

  /** Closes all shards for good. */
  void close(Instant now) {
    open.values().forEach(shard -> shard.close(now));
    open.clear();
    dueMillis = due();
  }

  /** Trims what is too old, and closes shards that have been open for long enough. */
  void upkeep(Instant now) {
    long millis = now.toEpochMilli();
    if (millis < dueMillis) {
      return;
    }
    long old = millis - settings.retention().toMillis();
    for (Shard shard : all.values()) {
      trim(shard, shard.closedMillis() <= old ? Long.MAX_VALUE : old);
    }
    all.values().removeIf(shard -> shard.closedMillis() <= old);
    for (Shard shard : List.copyOf(open.values())) {
      if (shard.millis() + settings.shardLife().toMillis() <= millis) {
        replace(shard, List.of(shard.range()), now);
      }
    }
    dueMillis = due();
  }

  private void trim(Shard shard, long millis) {
    while (shard.log().oldest().filter(oldest -> oldest.millis() <= millis).isPresent()) {
      count(-shard.trimOldest());
    }
  }

  private void count(long bytes) {
    heapBytes += bytes;
    memory.add(bytes);
  }

  /** Counts the bytes of the heap that the records take. */
  long heapBytes() {
    return heapBytes;
  }

  /**
   * Trims the oldest records, until they took {@code bytes} of the heap or none is left; reports
   * whether there was one.
   */
  boolean trimOldest(long bytes) {
    long before = heapBytes;
    long goal = Math.max(0, before - bytes);
    while (heapBytes > goal) {
      trimOldest();
    }
    return heapBytes < before;
  }

  /** Trims the oldest record of all shards; there must be one. */
  private void trimOldest() {
    Shard shard =
        all.values().stream()
            .filter(each -> each.log().size() > 0)
            .min(Comparator.comparing(each -> each.log().oldest().orElseThrow().sequence()))
            .orElseThrow();
    count(-shard.trimOldest());
  }

  private void replace(Shard shard, List<Shard.Range> ranges, Instant now) {
    shard.close(now);
    open.remove(shard.range().from());
    for (Shard.Range range : ranges) {
      open(Optional.of(shard.id()), range, now);
    }
    dueMillis = due();
  }

  private void open(Optional<String> parent, Shard.Range range, Instant now) {
    Shard shard = new Shard(nextId(now), parent, range, logs.get(), ++sequence, now);
    all.put(shard.id(), shard);
    open.put(range.from(), shard);
  }

  /** Makes an id as the service does, of a time and something random; ids grow. */
  private String nextId(Instant now) {
    idMillis = Math.max(now.toEpochMilli(), idMillis + 1);
    return String.format("shardId-%020d-%08x", idMillis, random.nextInt());
  }

  /** Says when there is something to trim or to close next. */
  private long due() {
    List<Long> times = new ArrayList<>();
    long retention = settings.retention().toMillis();
    for (Shard shard : all.values()) {
      shard.log().oldest().ifPresent(oldest -> times.add(oldest.millis() + retention));
      times.add(
          shard.isClosed()
              ? shard.closedMillis() + retention
              : shard.millis() + settings.shardLife().toMillis());
    }
    return times.stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
  }
}
