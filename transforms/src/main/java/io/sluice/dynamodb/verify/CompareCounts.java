/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.verify;

import java.io.Serializable;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.values.TupleTag;

/**
 * What a comparison with a table found, and what it took.
 *
 * @param added items that the table does not have
 * @param changed items that the table has with other attributes
 * @param unchanged items that are the same in the table
 * @param surplus items that only the table has; 0 when they were not looked for
 * @param scanned items of the table that a scan read; 0 without a scan
 * @param readUnits read units that DynamoDB reported
 * @param savedUnits write units that putting the unchanged items would have taken: those of the
 *     table, since a put that changes nothing takes none of its indexes
 */
public record CompareCounts(
    long added,
    long changed,
    long unchanged,
    long surplus,
    long scanned,
    double readUnits,
    long savedUnits)
    implements Serializable {
  /** What each bundle of a comparison has found. */
  static final TupleTag<CompareCounts> PARTS = new TupleTag<>("counts") {};

  static final CompareCounts NONE = new CompareCounts(0, 0, 0, 0, 0, 0, 0);

  /** Returns the counts of reading, without comparing. */
  static CompareCounts ofReading(long items, double units) {
    return new CompareCounts(0, 0, 0, 0, items, units, 0);
  }

  /** Returns the count of items that only the table has. */
  static CompareCounts ofSurplus(long items) {
    return new CompareCounts(0, 0, 0, items, 0, 0, 0);
  }

  /** Returns how many items were compared. */
  public long compared() {
    return added + changed + unchanged;
  }

  CompareCounts plus(CompareCounts other) {
    return new CompareCounts(
        added + other.added,
        changed + other.changed,
        unchanged + other.unchanged,
        surplus + other.surplus,
        scanned + other.scanned,
        readUnits + other.readUnits,
        savedUnits + other.savedUnits);
  }

  static Combine.BinaryCombineFn<CompareCounts> sum() {
    return new SumFn();
  }

  private static final class SumFn extends Combine.BinaryCombineFn<CompareCounts> {
    private static final long serialVersionUID = 1L;

    @Override
    public CompareCounts apply(CompareCounts left, CompareCounts right) {
      return left.plus(right);
    }

    @Override
    public CompareCounts identity() {
      return NONE;
    }
  }
}
