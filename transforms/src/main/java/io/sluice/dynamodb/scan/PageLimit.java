/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

/**
 * Chooses how many items to request in a page, so that a page is not a burst that a small budget
 * cannot absorb (a full one has 1 MB, which is 128 units, or 256 when it is read consistently), and
 * estimates the units that the page will take.
 *
 * <p>The size of items is learned from the pages, as emr-dynamodb-connector does. Safe for use by
 * several threads.
 */
final class PageLimit {
  /** No limit but DynamoDB's own. */
  static final int NONE = 0;

  /** DynamoDB ends a page at this size. */
  static final int PAGE_BYTES = 1 << 20;

  private static final int UNIT_BYTES = 4096;

  /** A page of one unit has 8 KB, or 4 when read consistently; smaller ones are mostly overhead. */
  private static final double LEAST_UNITS = 1;

  private static final double LEAST_CHARGE = 0.5;

  /** Assumed before anything is known. */
  private static final double ASSUMED_ITEM_BYTES = 4096;

  private static final double WEIGHT = 0.3;

  /** Units of a smaller page are rounded up, so they say little about its items. */
  private static final double UNITS_THAT_TELL = 8;

  private final double unitBytes;
  private final long segmentBytes;
  private double itemBytes;

  /**
   * A page to request.
   *
   * @param limit how many items DynamoDB may evaluate, 1 or more, or {@link #NONE}
   * @param units the units that it is expected to take, 0.5 or more
   */
  record Ask(int limit, double units) {}

  /**
   * @param unitBytes the bytes that a unit reads: 8192, or 4096 when reads are consistent
   * @param items of the table, as DynamoDB reports; 0 if not known
   * @param bytes of the table, as DynamoDB reports; 0 if not known
   * @param segments of the scan
   */
  PageLimit(double unitBytes, long items, long bytes, int segments) {
    this.unitBytes = unitBytes;
    this.itemBytes = items > 0 && bytes > 0 ? (double) bytes / items : ASSUMED_ITEM_BYTES;
    this.segmentBytes = bytes > 0 ? bytes / segments : PAGE_BYTES;
  }

  /** Returns the limit for the settings of a scan. */
  static PageLimit of(ScanSpec spec) {
    return new PageLimit(
        spec.isConsistent() ? UNIT_BYTES : 2 * UNIT_BYTES,
        spec.items(),
        spec.bytes(),
        spec.segments());
  }

  /**
   * Chooses the next page to request.
   *
   * @param number of the page in its segment, from 0
   * @param unitsPerSecond what this JVM may use; a page takes at most a second of that
   */
  synchronized Ask page(int number, double unitsPerSecond) {
    double most = Math.max(LEAST_UNITS, unitsPerSecond);
    // After a page that was not the last there is probably another full one.
    double bytes = number == 0 ? Math.min(PAGE_BYTES, segmentBytes) : PAGE_BYTES;
    if (most >= PAGE_BYTES / unitBytes) {
      return new Ask(NONE, units(bytes));
    }
    int limit = (int) Math.max(1, Math.floor(most * unitBytes / itemBytes));
    return new Ask(limit, units(Math.min(bytes, limit * itemBytes)));
  }

  private double units(double bytes) {
    return Math.max(LEAST_CHARGE, bytes / unitBytes);
  }

  /**
   * Learns from a page.
   *
   * @param evaluated how many items DynamoDB evaluated
   * @param units the units that it took; 0 if not known
   * @param whole whether the page ended because it was full
   */
  synchronized void learn(long evaluated, double units, Whole whole) {
    boolean tells = whole == Whole.YES || units >= UNITS_THAT_TELL;
    if (evaluated > 0 && units > 0 && tells) {
      itemBytes += WEIGHT * (units * unitBytes / evaluated - itemBytes);
    }
  }

  /** Whether a page ended because it was full, rather than at the end of its segment. */
  enum Whole {
    YES,
    NO
  }
}
