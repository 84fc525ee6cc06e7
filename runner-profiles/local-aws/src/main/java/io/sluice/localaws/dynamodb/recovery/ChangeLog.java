/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.recovery;

import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.store.ChangeListener;
import io.sluice.localaws.dynamodb.store.StoredItem;
import io.sluice.localaws.dynamodb.value.Bytes;
import io.sluice.localaws.dynamodb.value.ItemCodec;
import io.sluice.localaws.dynamodb.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Logs the writes to a table that change an item: which item, when, and what it was before.
 *
 * <p>Writes are numbered from 0 in their order. That is enough to tell what the table was like
 * before any of them: an item was then what it was before its first write since, or is now what it
 * was then. The log is in memory, and forgets what is older than a period.
 */
final class ChangeLog implements ChangeListener {

  private final InstantSource clock;
  private final ConcurrentNavigableMap<Long, Entry> entries = new ConcurrentSkipListMap<>();
  private volatile Duration period;
  private long next;
  private long lastMicros = Long.MIN_VALUE;

  /**
   * Holds one write.
   *
   * @param micros when, in microseconds since 1970; never less than that of the one before
   * @param key the item's, encoded
   * @param before the item before the write, encoded, if it was there
   */
  record Entry(long micros, Bytes key, Optional<Bytes> before) {}

  /** Starts with no writes, and keeps each for {@code period}. */
  ChangeLog(InstantSource clock, Duration period) {
    this.clock = clock;
    this.period = period;
  }

  void keep(Duration newPeriod) {
    period = newPeriod;
  }

  @Override
  public void changed(Map<String, Value> key, Change change) {
    Optional<Bytes> before = change.storedBefore().map(ChangeLog::bytes);
    if (before.equals(change.storedAfter().map(ChangeLog::bytes))) {
      return;
    }
    Bytes encodedKey = Bytes.of(ItemCodec.encode(key));
    synchronized (this) {
      lastMicros = Math.max(lastMicros, micros(clock.instant()));
      entries.put(next++, new Entry(lastMicros, encodedKey, before));
      long oldest = lastMicros - period.toSeconds() * 1_000_000;
      while (entries.firstEntry().getValue().micros() < oldest) {
        entries.pollFirstEntry();
      }
    }
  }

  private static Bytes bytes(StoredItem item) {
    byte[] stored = item.bytes();
    return Bytes.of(Arrays.copyOfRange(stored, item.offset(), stored.length));
  }

  /** Gives the number that the next write will have. */
  synchronized long end() {
    return next;
  }

  /** Gives the number of the first write at {@code time} or later, be it still to come. */
  synchronized long at(Instant time) {
    long micros = micros(time);
    for (Map.Entry<Long, Entry> entry : entries.descendingMap().entrySet()) {
      if (entry.getValue().micros() < micros) {
        return entry.getKey() + 1;
      }
    }
    return entries.isEmpty() ? next : entries.firstKey();
  }

  /** Gives the writes from one number on and up to another, without that. */
  Iterable<Entry> between(long from, long to) {
    return entries.subMap(from, true, Math.max(from, to), false).values();
  }

  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
