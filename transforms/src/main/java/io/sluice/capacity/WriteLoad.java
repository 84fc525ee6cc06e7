/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import java.io.Serializable;
import java.util.Map;

/**
 * The work of an import: the items to write and the units that they take.
 *
 * @param items how many items, 0 or more
 * @param tableUnits write units of the table, its local indexes included, 0 or more
 * @param indexUnits write units of each global index, as far as they are known, 0 or more
 */
public record WriteLoad(long items, double tableUnits, Map<String, Double> indexUnits)
    implements Serializable {
  public WriteLoad {
    check("items", (double) items);
    check("tableUnits", tableUnits);
    indexUnits.forEach((index, units) -> check("indexUnits of " + index, units));
    indexUnits = Map.copyOf(indexUnits);
  }

  private static void check(String name, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(name + " " + value + " must be 0 or more");
    }
  }

  /** Returns the units of the table and of all indexes. */
  double units() {
    return tableUnits + indexUnits.values().stream().mapToDouble(units -> units).sum();
  }
}
