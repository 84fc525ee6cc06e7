/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import java.util.List;

/**
 * What the table took of a batch.
 *
 * @param items how many items
 * @param unprocessed those that it did not take
 * @param units write units of the table itself
 * @param indexUnits write units of each index
 */
record Taken(int items, List<Put> unprocessed, double units, double[] indexUnits) {
  double totalUnits() {
    double total = units;
    for (double more : indexUnits) {
      total += more;
    }
    return total;
  }
}
