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
import io.sluice.localaws.dynamodb.value.DynamoDbException;
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
 * was then. The log is in memory, and forgets what is older than a period and, the oldest first,
 * what has no place in it. Nobody can read what is forgotten.
 */
final class ChangeLog implements ChangeListener {

  /** Is about what an entry takes beside its bytes. */
  private static final int ENTRY_BYTES = 200;

  private final InstantSource clock;
  private final long maxBytes;
  private final ConcurrentNavigableMap<Long, Entry> entries = new ConcurrentSkipListMap<>();
  private volatile Duration period;
  private long first;
  private long next;
  private long bytes;
  private long lastMicros = Long.MIN_VALUE;
  private Optional<Instant> forgotten = Optional.empty();
  private boolean stopped;

  /**
   * Holds one write.
   *
   * @param micros when, in microseconds since 1970; never less than that of the one before
   * @param key the item's, encoded
   * @param before the item before the write, encoded, if it was there
   */
  record Entry(long micros, Bytes key, Optional<Bytes> before) {

    int bytes() {
      return ENTRY_BYTES + key.size() + before.map(Bytes::size).orElse(0);
    }
  }

  /**
   * Starts with no writes, and keeps each for {@code period}, but no more than {@code maxBytes}.
   */
  ChangeLog(InstantSource clock, Duration period, long maxBytes) {
    this.clock = clock;
    this.maxBytes = maxBytes;
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
      Entry entry = new Entry(lastMicros, encodedKey, before);
      entries.put(next++, entry);
      bytes += entry.bytes();
      long oldest = lastMicros - period.toSeconds() * 1_000_000;
      while (bytes > maxBytes || entries.get(first).micros() < oldest) {
        forgetFirst();
      }
    }
  }

  private void forgetFirst() {
    Entry entry = entries.remove(first++);
    bytes -= entry.bytes();
    forgotten = Optional.of(Instant.EPOCH.plus(entry.micros(), ChronoUnit.MICROS));
  }

  /** Forgets all; from now on nothing can be read. */
  synchronized void stop() {
    stopped = true;
    entries.clear();
  }

  /** Says when the latest write was that is forgotten, if there is one. */
  synchronized Optional<Instant> forgotten() {
    return forgotten;
  }

  private static Bytes bytes(StoredItem item) {
    byte[] stored = item.bytes();
    return Bytes.of(Arrays.copyOfRange(stored, item.offset(), stored.length));
  }

  /** Gives the number that the next write will have. */
  synchronized long end() {
    return next;
  }

  /**
   * Gives the number of the first write at {@code time} or later, be it still to come.
   *
   * @throws DynamoDbException if there may be such a write that is forgotten
   */
  synchronized long at(Instant time) {
    checkNotStopped();
    long micros = micros(time);
    if (forgotten.isPresent() && micros <= micros(forgotten.get())) {
      throw tooLate();
    }
    long low = first;
    long high = next;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (entries.get(middle).micros() < micros) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Gives the writes from one number on and up to another, without that.
   *
   * @throws DynamoDbException if one of them is forgotten
   */
  synchronized Iterable<Entry> between(long from, long to) {
    checkNotStopped();
    if (from < first) {
      throw tooLate();
    }
    return entries.subMap(from, true, Math.max(from, to), false).values();
  }

  private void checkNotStopped() {
    if (stopped) {
      throw unavailable("Point in time recovery has been disabled meanwhile");
    }
  }

  private static DynamoDbException tooLate() {
    return unavailable("Point in time recovery no longer goes back as far");
  }

  private static DynamoDbException unavailable(String message) {
    return DynamoDbException.of("PointInTimeRecoveryUnavailableException", message);
  }

  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
