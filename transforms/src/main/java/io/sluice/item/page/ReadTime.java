/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.page;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;

/**
 * Bounds of the time at which items were read, in milliseconds since 1970.
 *
 * @param firstMillis no item is as it was before
 * @param lastMillis no item is as it was after
 * @param isOfService whether the clock is DynamoDB's, and not that of a worker
 */
public record ReadTime(long firstMillis, long lastMillis, boolean isOfService)
    implements Serializable {
  /** The time of no items. */
  static final ReadTime NONE = new ReadTime(Long.MAX_VALUE, Long.MIN_VALUE, true);

  private static final long SECOND = 1000;

  /** Returns the time of items that are as of one moment, by DynamoDB's clock. */
  public static ReadTime at(long millis) {
    return new ReadTime(millis, millis, true);
  }

  /**
   * Returns the time of items that DynamoDB read for a request. It read them, and looked at its
   * clock, at any moment between the request and the end of the answer.
   *
   * @param date of the answer, which lacks the fraction of its second
   * @param tookMillis from before the request to the end of the answer, 0 or more
   */
  public static ReadTime ofService(Instant date, long tookMillis) {
    long millis = date.toEpochMilli();
    return new ReadTime(millis - tookMillis, millis + SECOND + tookMillis, true);
  }

  /** Returns the time of items that were read between these times of a worker's clock. */
  public static ReadTime ofWorker(long firstMillis, long lastMillis) {
    return new ReadTime(firstMillis, Math.max(firstMillis, lastMillis), false);
  }

  /** Returns the time of these items and others; it is DynamoDB's if both are. */
  ReadTime and(ReadTime other) {
    return new ReadTime(
        Math.min(firstMillis, other.firstMillis),
        Math.max(lastMillis, other.lastMillis),
        isOfService && other.isOfService);
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeLong(firstMillis);
    out.writeLong(lastMillis);
    out.writeBoolean(isOfService);
  }

  static ReadTime readFrom(DataInput in) throws IOException {
    return new ReadTime(in.readLong(), in.readLong(), in.readBoolean());
  }
}
