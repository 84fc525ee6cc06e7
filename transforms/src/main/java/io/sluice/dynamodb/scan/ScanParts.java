/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import io.sluice.item.page.ItemPage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Divides the pages of a scan into parts of a size, before the size of the whole is known: what was
 * read first is the first part. The readers of one JVM count their bytes together. Elsewhere each
 * counts its own and puts its share into each part: as large as its share of the segments.
 */
final class ScanParts {
  private final AtomicLong bytes;
  private final double part;

  /**
   * @param bytes counted by whoever shares in the parts
   * @param part the size that a part has of those
   */
  private ScanParts(AtomicLong bytes, double part) {
    this.bytes = bytes;
    this.part = part;
  }

  /**
   * Returns the parts of a reader.
   *
   * @param segments how many it reads
   */
  static ScanParts of(ScanSession session, int segments) {
    ScanSpec spec = session.spec();
    return spec.isInOneJvm()
        ? of(session.dividedBytes(), spec.partBytes(), 1)
        : of(new AtomicLong(), spec.partBytes(), (double) segments / spec.segments());
  }

  /**
   * Returns the parts of readers that count together.
   *
   * @param bytes counts them
   * @param part the size of a part
   * @param share of those readers in the scan, above 0 to 1
   */
  static ScanParts of(AtomicLong bytes, long part, double share) {
    return new ScanParts(bytes, part * share);
  }

  /** Returns the part of the next page. */
  int of(ItemPage page) {
    return (int) (bytes.getAndAdd(page.compressedBytes()) / part);
  }
}
