/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What a table and its global secondary indexes can do. A local index uses the table's.
 *
 * @param onDemand whether requests are paid for, not hours
 * @param table the table's own
 * @param indexes that of each global index, by its name
 * @param vectorIndexes the names of the vector indexes, in their order: what they take is charged
 *     by itself, in bytes, and not known here
 */
public record TableCapacity(
    boolean onDemand, Capacity table, Map<String, Capacity> indexes, List<String> vectorIndexes)
    implements Serializable {
  public TableCapacity {
    indexes = Map.copyOf(indexes);
    vectorIndexes = vectorIndexes.stream().sorted().toList();
  }

  /** That of a table without vector indexes. */
  public TableCapacity(boolean onDemand, Capacity table, Map<String, Capacity> indexes) {
    this(onDemand, table, indexes, List.of());
  }
}
