/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

/**
 * The work of a scan: the items and bytes that DynamoDB last counted.
 *
 * @param items how many items, 0 or more; 0 may mean that it has not counted yet
 * @param bytes how large they are, 0 or more
 * @param segments the number of segments of the scan, 1 or more
 * @param consistent whether reads are strongly consistent, at twice the units
 */
public record ReadLoad(long items, long bytes, int segments, boolean consistent) {
  private static final int BLOCK_BYTES = 4096;
  private static final double EVENTUALLY_CONSISTENT = 0.5;

  public ReadLoad {
    check("items", items, 0);
    check("bytes", bytes, 0);
    check("segments", segments, 1);
  }

  private static void check(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " " + value + " must be " + least + " or more");
    }
  }

  /** Whether DynamoDB has counted the items. */
  boolean isKnown() {
    return items > 0;
  }

  /**
   * Estimates the read units: half a unit for 4 KB (4,096 bytes) of items, whatever a filter or a
   * projection keeps of them. Each page is rounded up, on average by half of such a block, and a
   * segment without items takes a block all the same. Source: the DynamoDB developer guide, "Read
   * and write operations", about Scan.
   */
  public double units() {
    double blocks = (double) bytes / BLOCK_BYTES + segments / 2.0;
    return Math.max(segments, blocks) * (consistent ? 1 : EVENTUALLY_CONSISTENT);
  }
}
