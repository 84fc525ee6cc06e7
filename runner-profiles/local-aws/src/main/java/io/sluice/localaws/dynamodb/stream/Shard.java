/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.stream;

import java.time.Instant;
import java.util.Optional;

/** Holds the changes of the partitions whose hashes are in a range, for a time. */
final class Shard {

  private final ShardDescription description;
  private final Range range;
  private final long millis;
  private final RecordLog log;
  private int appended;
  private long last;
  private long horizon;
  private long closedMillis = Long.MAX_VALUE;

  /**
   * Describes a range of the hashes of partition keys.
   *
   * @param to the first hash after it
   */
  record Range(long from, long to) {

    /** Counts the hashes. */
    long width() {
      return to - from;
    }

    /** Gives the lower half. */
    Range lower() {
      return new Range(from, from + width() / 2);
    }

    /** Gives the upper half. */
    Range upper() {
      return new Range(from + width() / 2, to);
    }
  }

  /**
   * Opens a shard.
   *
   * @param start its first sequence number, which no record has
   */
  Shard(String id, Optional<String> parent, Range range, RecordLog log, long start, Instant now) {
    this.description = new ShardDescription(id, parent, start, Optional.empty());
    this.range = range;
    this.log = log;
    this.millis = now.toEpochMilli();
    this.last = start;
    this.horizon = start;
  }

  /** Describes the shard as it is now. */
  ShardDescription description() {
    return isClosed()
        ? new ShardDescription(id(), description.parent(), description.start(), Optional.of(last))
        : description;
  }

  /** Gives the id. */
  String id() {
    return description.id();
  }

  /** Gives the hashes of the partitions that the shard has. */
  Range range() {
    return range;
  }

  /** Gives the records. */
  RecordLog log() {
    return log;
  }

  /** Says when the shard was opened, in milliseconds since the epoch. */
  long millis() {
    return millis;
  }

  /** Counts the records that it ever had. */
  int appended() {
    return appended;
  }

  /** Gives the sequence number of the latest record, or the first one if there was no record. */
  long last() {
    return last;
  }

  /** Gives the least sequence number that can still be read. */
  long horizon() {
    return horizon;
  }

  /** Reports whether the shard takes no more records. */
  boolean isClosed() {
    return closedMillis != Long.MAX_VALUE;
  }

  /** Says when the shard was closed; a time that never comes if it is open. */
  long closedMillis() {
    return closedMillis;
  }

  /** Adds a record. */
  void append(StreamRecord record) {
    log.append(record);
    last = record.sequence();
    appended++;
  }

  /** Takes no more records. */
  void close(Instant now) {
    closedMillis = now.toEpochMilli();
  }

  /** Drops the oldest record, and gives what it took of the heap. */
  long trimOldest() {
    StreamRecord oldest = log.oldest().orElseThrow();
    log.dropOldest();
    horizon = oldest.sequence() + 1;
    return oldest.heapBytes();
  }
}
