/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.planning;

import io.sluice.plan.Estimate;

/** Estimates the size of the files of a snapshot by an earlier one of the same table and format. */
public final class OutputSize {
  /** How far the next snapshot may be from the one before, for each of its items. */
  private static final double MAY_DIFFER = 0.25;

  private OutputSize() {}

  /**
   * Returns the bounds of the size.
   *
   * @param items how many items the snapshot will have
   * @param itemsBefore how many the earlier one has, 1 or more
   * @param bytesBefore the bytes of its files
   */
  public static Estimate of(Estimate items, long itemsBefore, long bytesBefore) {
    double ofItem = (double) bytesBefore / itemsBefore;
    return new Estimate(
        items.low() * ofItem * (1 - MAY_DIFFER), items.high() * ofItem * (1 + MAY_DIFFER));
  }
}
