/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

/**
 * How many items to ask for at once, so that a page is no burst that a small budget cannot take: a
 * whole one has 1 MB, which is 128 units, or 256 when it is read consistently. And what a page will
 * likely take.
 *
 * <p>The size of items is learned from the pages, as emr-dynamodb-connector does. Safe for use by
 * several threads.
 */
final class PageLimit {
  /** No limit but DynamoDB's own. */
  static final int NONE = 0;

  /** DynamoDB ends a page that has so much. */
  static final int PAGE_BYTES = 1 << 20;

  private static final int UNIT_BYTES = 4096;

  /** A page of one unit has 8 KB, or 4; smaller ones are mostly overhead. */
  private static final double LEAST_UNITS = 1;

  private static final double LEAST_CHARGE = 0.5;

  /** Before anything is known. */
  private static final double ASSUMED_ITEM_BYTES = 4096;

  private static final double WEIGHT = 0.3;

  /** Of a smaller page, units say little of its items: they are rounded up. */
  private static final double UNITS_THAT_TELL = 8;

  private final double unitBytes;
  private final long segmentBytes;
  private double itemBytes;

  /**
   * A page to ask for.
   *
   * @param limit how many items DynamoDB may look at, 1 or more, or {@link #NONE}
   * @param units what it will likely take, 0.5 or more
   */
  record Ask(int limit, double units) {}

  /**
   * @param unitBytes what a unit reads: 8192 bytes, or 4096 when it is read consistently
   * @param items of the table, as DynamoDB says; 0 for not known
   * @param bytes of the table, as DynamoDB says; 0 for not known
   * @param segments of the scan
   */
  PageLimit(double unitBytes, long items, long bytes, int segments) {
    this.unitBytes = unitBytes;
    this.itemBytes = items > 0 && bytes > 0 ? (double) bytes / items : ASSUMED_ITEM_BYTES;
    this.segmentBytes = bytes > 0 ? bytes / segments : PAGE_BYTES;
  }

  /** For a scan as it is set. */
  static PageLimit of(ScanSpec spec) {
    return new PageLimit(
        spec.isConsistent() ? UNIT_BYTES : 2 * UNIT_BYTES,
        spec.items(),
        spec.bytes(),
        spec.segments());
  }

  /**
   * What to ask for.
   *
   * @param number of the page in its segment, from 0
   * @param unitsPerSecond what this JVM may use; a page takes no more than a second of that
   */
  synchronized Ask page(int number, double unitsPerSecond) {
    double most = Math.max(LEAST_UNITS, unitsPerSecond);
    // After a page that was not the last there is likely another whole one.
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
   * @param evaluated how many items DynamoDB looked at
   * @param units what it took; 0 for not known
   * @param whole whether the page ended because it had enough
   */
  synchronized void learn(long evaluated, double units, Whole whole) {
    boolean tells = whole == Whole.YES || units >= UNITS_THAT_TELL;
    if (evaluated > 0 && units > 0 && tells) {
      itemBytes += WEIGHT * (units * unitBytes / evaluated - itemBytes);
    }
  }

  /** Whether a page ended because it had enough, and not with its segment. */
  enum Whole {
    YES,
    NO
  }
}
