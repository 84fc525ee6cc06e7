/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import java.io.Serializable;
import java.util.Map;

/**
 * What a table and its global secondary indexes can do. A local index uses the table's.
 *
 * @param onDemand whether requests are paid for, not hours
 * @param table the table's own
 * @param indexes that of each global index, by its name
 */
public record TableCapacity(boolean onDemand, Capacity table, Map<String, Capacity> indexes)
    implements Serializable {
  public TableCapacity {
    indexes = Map.copyOf(indexes);
  }
}
