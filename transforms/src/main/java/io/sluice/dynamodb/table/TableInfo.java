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
 * What DynamoDB says of a table.
 *
 * @param name the table's name
 * @param arn its name among all of AWS; null when it does not exist yet, or DynamoDB does not say
 * @param keySchema its primary key
 * @param indexes its secondary indexes, local and global
 * @param capacity what it and its global indexes can do
 * @param items how many items it has; DynamoDB counts about every six hours
 * @param bytes how large they are; DynamoDB adds them up about every six hours
 * @param exists whether there is the table
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

  /** What DynamoDB says of a table that exists. */
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
   * A table that does not exist yet: empty and without indexes.
   *
   * @param billing how it will be billed; null for not known, which counts as on-demand
   * @param option what it can do when it is on-demand, where a person says so
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

  /** The key attributes of all indexes, each once. */
  public List<KeyAttribute> indexKeys() {
    return indexes.stream().flatMap(index -> index.key().stream()).distinct().toList();
  }
}
