/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.verify;

import io.sluice.capacity.ReadLoad;
import java.io.Serializable;

/**
 * How a job reads the items of a table that it compares with its own: the way that takes fewer read
 * units, by what DynamoDB last reported of the table.
 *
 * @param by the way
 * @param keys how many items are compared
 * @param rejected how many records were rejected before
 * @param scanUnits the read units of one scan of the table; -1 when DynamoDB has not counted its
 *     items, which it does about every six hours
 * @param keyUnits the read units of reading each item by its key
 */
public record CompareChoice(Way by, long keys, long rejected, double scanUnits, double keyUnits)
    implements Serializable {

  /** A way to read the items. */
  public enum Way {
    /** One scan of the whole table. */
    SCAN,
    /** Each item by its key. */
    KEYS
  }

  /** The size of items for which a read takes a unit, or half of one. */
  private static final double BLOCK_BYTES = 4096;

  private static final double EVENTUALLY_CONSISTENT = 0.5;
  private static final int UNKNOWN = -1;

  /**
   * Chooses the cheaper way. By keys, an item takes a unit for each 4 KB, rounded up, and one that
   * is not there takes one; a scan rounds up the sum of a page. Source: the DynamoDB developer
   * guide, "Read and write operations".
   *
   * @param keys how many items are compared, 0 or more
   * @param rejected how many records were rejected before
   * @param scan the scan of the whole table
   * @param isEmpty whether the table is known to have no items
   */
  public static CompareChoice cheaper(long keys, long rejected, ReadLoad scan, boolean isEmpty) {
    boolean isKnown = scan.items() > 0 || isEmpty;
    double average = scan.items() > 0 ? (double) scan.bytes() / scan.items() : 0;
    double ofKey =
        Math.max(1, Math.ceil(average / BLOCK_BYTES))
            * (scan.consistent() ? 1 : EVENTUALLY_CONSISTENT);
    double keyUnits = keys * ofKey;
    if (!isKnown) {
      return new CompareChoice(Way.KEYS, keys, rejected, UNKNOWN, keyUnits);
    }
    double scanUnits = scan.units();
    return new CompareChoice(
        scanUnits < keyUnits ? Way.SCAN : Way.KEYS, keys, rejected, scanUnits, keyUnits);
  }

  /** Returns the read units of the way that was chosen. */
  public double units() {
    return by == Way.SCAN ? scanUnits : keyUnits;
  }

  /** Returns the same numbers with a scan, for a job that needs one for another reason. */
  CompareChoice byScan() {
    return new CompareChoice(Way.SCAN, keys, rejected, scanUnits, keyUnits);
  }
}
