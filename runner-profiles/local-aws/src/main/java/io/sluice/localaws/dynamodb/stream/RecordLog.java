/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.stream;

import java.util.List;
import java.util.Optional;

/** Keeps the records of one shard in their order. Callers take turns. */
interface RecordLog {

  /** Adds a record whose sequence number is more than that of all others. */
  void append(StreamRecord record);

  /** Counts the records. */
  int size();

  /** Gives the oldest record, if there is one. */
  Optional<StreamRecord> oldest();

  /** Drops the oldest record. */
  void dropOldest();

  /**
   * Reads records in their order.
   *
   * @param from the least sequence number
   * @param limit how many records at most
   * @param maxBytes how much the sizes of the records add up to at most, unless there is only one
   */
  List<StreamRecord> read(long from, int limit, long maxBytes);

  /** Reports whether there is a record with a sequence number of {@code from} or more. */
  boolean hasFrom(long from);
}
