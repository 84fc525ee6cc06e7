/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import io.sluice.capacity.Capacity;
import io.sluice.capacity.Index;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.capacity.TableCapacity;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A table as DynamoDB describes it.
 *
 * @param name the table's name
 * @param arn its ARN; null when it does not exist yet, or DynamoDB does not report it
 * @param keySchema its primary key
 * @param indexes its secondary indexes, local and global
 * @param capacity its capacity and that of its global indexes
 * @param items how many items it has; DynamoDB updates the count about every six hours
 * @param bytes how large they are; DynamoDB updates the size about every six hours
 * @param exists whether the table exists
 */
public record TableInfo(
    String name,
    @Nullable String arn,
    KeySchema keySchema,
    List<Index> indexes,
    TableCapacity capacity,
    long items,
    long bytes,
    boolean exists)
    implements Serializable {

  public TableInfo {
    indexes = List.copyOf(indexes);
  }

  /** A table that exists. */
  public TableInfo(
      String name,
      @Nullable String arn,
      KeySchema keySchema,
      List<Index> indexes,
      TableCapacity capacity,
      long items,
      long bytes) {
    this(name, arn, keySchema, indexes, capacity, items, bytes, true);
  }

  /**
   * Returns a table that does not exist yet: empty and without indexes.
   *
   * @param billing how it will be billed; null if not known, which counts as on-demand
   * @param option units a second of an on-demand table, if a person gives them
   */
  public static TableInfo toBe(
      String name, KeySchema keySchema, @Nullable Billing billing, OnDemandUnits option) {
    Billing.Provisioned provisioned = billing == null ? null : billing.provisioned();
    Capacity capacity =
        provisioned == null
            ? Capacity.onDemand(option, OnDemandUnits.NONE, OnDemandUnits.NONE)
            : Capacity.provisioned(provisioned.readUnits(), provisioned.writeUnits());
    return new TableInfo(
        name,
        null,
        keySchema,
        List.of(),
        new TableCapacity(provisioned == null, capacity, Map.of()),
        0,
        0,
        false);
  }

  /** Returns the key attributes of all indexes, each once. */
  public List<KeyAttribute> indexKeys() {
    return indexes.stream().flatMap(index -> index.key().stream()).distinct().toList();
  }
}
