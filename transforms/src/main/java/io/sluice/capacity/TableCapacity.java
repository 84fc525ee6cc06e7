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
 * The capacities of a table and of its global secondary indexes. A local index uses the table's.
 *
 * @param onDemand whether requests are paid for, rather than hours
 * @param table the table's own capacity
 * @param indexes the capacity of each global index, by its name
 * @param vectorIndexes the names of the vector indexes, sorted: they are charged separately, in
 *     bytes, which is not known here
 */
public record TableCapacity(
    boolean onDemand, Capacity table, Map<String, Capacity> indexes, List<String> vectorIndexes)
    implements Serializable {
  public TableCapacity {
    indexes = Map.copyOf(indexes);
    vectorIndexes = vectorIndexes.stream().sorted().toList();
  }

  /** The capacity of a table without vector indexes. */
  public TableCapacity(boolean onDemand, Capacity table, Map<String, Capacity> indexes) {
    this(onDemand, table, indexes, List.of());
  }
}
