/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import io.sluice.capacity.Index;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.capacity.TableCapacity;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
 * @param creation how it is created, or its creation completed, before the first item is written;
 *     null when it is there
 */
public record TableInfo(
    String name,
    @Nullable String arn,
    KeySchema keySchema,
    List<Index> indexes,
    TableCapacity capacity,
    long items,
    long bytes,
    @Nullable TableDefinition creation)
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
    this(name, arn, keySchema, indexes, capacity, items, bytes, null);
  }

  /**
   * Returns a table that does not exist yet: empty and without indexes.
   *
   * @param billing how it will be billed; null if not known, which counts as on-demand
   * @param option units a second of an on-demand table, if a person gives them
   */
  public static TableInfo toBe(
      String name, KeySchema keySchema, @Nullable Billing billing, OnDemandUnits option) {
    Billing known = billing == null ? Billing.ON_DEMAND : billing;
    return toBe(name, TableDefinition.of(keySchema, known), option);
  }

  /**
   * Returns a table that does not exist yet, as it will be created.
   *
   * @param option units a second of an on-demand table, if a person gives them
   */
  public static TableInfo toBe(String name, TableDefinition definition, OnDemandUnits option) {
    List<Index> indexes = new ArrayList<>();
    for (IndexDefinition index : definition.indexes()) {
      Set<String> included = Set.copyOf(index.included());
      indexes.add(new Index(index.name(), index.key(), index.projection(), included, 0, 0));
    }
    return new TableInfo(
        name,
        null,
        definition.keySchema(),
        indexes,
        ReportedCapacity.toBe(definition, option),
        0,
        0,
        definition);
  }

  /** Returns the same table, whose creation is to be completed. */
  public TableInfo completedTo(TableDefinition definition) {
    return new TableInfo(name, arn, keySchema, indexes, capacity, items, bytes, definition);
  }

  /** Whether the table exists as it is to be. */
  public boolean exists() {
    return creation == null;
  }

  /** Returns the key attributes of all indexes, each once. */
  public List<KeyAttribute> indexKeys() {
    return indexes.stream().flatMap(index -> index.key().stream()).distinct().toList();
  }
}
