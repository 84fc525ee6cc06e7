/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The one table of the endpoint, and what it says of itself; the limits that it really has are in
 * {@link Throughput}.
 *
 * @param name the table's name
 * @param keySchema its primary key
 * @param indexes its global secondary indexes
 * @param provisioned its provisioned throughput, and that of each index; null for on demand
 * @param onDemandMaximum the most that it takes on demand; null when that is not limited
 * @param warm what it can serve at once; null to say nothing of it
 * @param unitsPerItem write units of every item; 0 for what its size takes
 */
public record SimulatedTable(
    String name,
    KeySchema keySchema,
    List<SimulatedIndex> indexes,
    @Nullable Units provisioned,
    @Nullable Units onDemandMaximum,
    @Nullable Units warm,
    int unitsPerItem) {

  /** Units a second of writing and of reading. */
  public record Units(long write, long read) {}

  public SimulatedTable {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("the table's name is empty");
    }
    if (indexes.size() > 20) {
      throw new IllegalArgumentException(indexes.size() + " indexes, must be at most 20");
    }
    if (unitsPerItem < 0) {
      throw new IllegalArgumentException("unitsPerItem is " + unitsPerItem + ", must be 0 or more");
    }
    if (provisioned != null && onDemandMaximum != null) {
      throw new IllegalArgumentException("a table is either provisioned or on demand");
    }
    indexes = List.copyOf(indexes);
  }

  /** A table on demand without indexes, with the key attributes {@code name:S} and so on. */
  public static SimulatedTable of(String name, String partitionKey, String... sortKey) {
    KeyAttribute sort = sortKey.length == 0 ? null : KeyAttribute.parse(sortKey[0]);
    KeySchema key = new KeySchema(KeyAttribute.parse(partitionKey), sort);
    return new SimulatedTable(name, key, List.of(), null, null, null, 0);
  }

  /** As this, with one more index, of one key attribute. */
  public SimulatedTable withIndex(String index, String partitionKey, int unitsPerItem) {
    List<SimulatedIndex> all = new ArrayList<>(indexes);
    all.add(
        new SimulatedIndex(index, KeySchema.of(KeyAttribute.parse(partitionKey)), unitsPerItem));
    return new SimulatedTable(
        name, keySchema, all, provisioned, onDemandMaximum, warm, this.unitsPerItem);
  }

  public SimulatedTable withProvisioned(long write, long read) {
    return new SimulatedTable(
        name, keySchema, indexes, new Units(write, read), null, warm, unitsPerItem);
  }

  public SimulatedTable withOnDemandMaximum(long write, long read) {
    return new SimulatedTable(
        name, keySchema, indexes, null, new Units(write, read), warm, unitsPerItem);
  }

  public SimulatedTable withWarm(long write, long read) {
    return new SimulatedTable(
        name,
        keySchema,
        indexes,
        provisioned,
        onDemandMaximum,
        new Units(write, read),
        unitsPerItem);
  }

  public SimulatedTable withUnitsPerItem(int units) {
    return new SimulatedTable(name, keySchema, indexes, provisioned, onDemandMaximum, warm, units);
  }
}
