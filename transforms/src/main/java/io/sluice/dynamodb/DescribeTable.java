/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb;

import io.sluice.capacity.Index;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Asks DynamoDB what a table is like; one request. */
public final class DescribeTable {
  private DescribeTable() {}

  /**
   * Describes a table; empty when there is none of that name in the account and region.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when DynamoDB cannot be asked
   */
  public static Optional<TableInfo> named(String table, DynamoDbClient client) {
    return named(table, client, OnDemandUnits.NONE);
  }

  /**
   * Describes a table; empty when there is none of that name in the account and region.
   *
   * @param option what the table can do when it is on-demand, where a person says so
   * @throws software.amazon.awssdk.core.exception.SdkException when DynamoDB cannot be asked
   */
  public static Optional<TableInfo> named(
      String table, DynamoDbClient client, OnDemandUnits option) {
    try {
      return Optional.of(
          infoOf(table, client.describeTable(r -> r.tableName(table)).table(), option));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Under the name that was asked for: an ARN may name the table of another account. */
  static TableInfo infoOf(String name, TableDescription table, OnDemandUnits option) {
    Map<String, KeyAttribute.Type> types =
        table.attributeDefinitions().stream()
            .collect(
                Collectors.toMap(
                    AttributeDefinition::attributeName,
                    d -> KeyAttribute.Type.valueOf(d.attributeTypeAsString())));
    List<Index> indexes = new ArrayList<>();
    for (LocalSecondaryIndexDescription index : table.localSecondaryIndexes()) {
      KeySchema key = keyOf(index.keySchema(), types);
      indexes.add(
          index(
              index.indexName(),
              key,
              index.projection(),
              index.itemCount(),
              index.indexSizeBytes()));
    }
    for (GlobalSecondaryIndexDescription index : table.globalSecondaryIndexes()) {
      KeySchema key = keyOf(index.keySchema(), types);
      indexes.add(
          index(
              index.indexName(),
              key,
              index.projection(),
              index.itemCount(),
              index.indexSizeBytes()));
    }
    return new TableInfo(
        name,
        table.tableArn(),
        keyOf(table.keySchema(), types),
        indexes,
        ReportedCapacity.of(table, option),
        orZero(table.itemCount()),
        orZero(table.tableSizeBytes()));
  }

  private static long orZero(@Nullable Long count) {
    return count == null ? 0 : count;
  }

  private static Index index(
      String name,
      KeySchema key,
      Projection projection,
      @Nullable Long items,
      @Nullable Long bytes) {
    return new Index(
        name,
        key,
        Index.Projection.valueOf(projection.projectionTypeAsString()),
        Set.copyOf(projection.nonKeyAttributes()),
        orZero(items),
        orZero(bytes));
  }

  private static KeySchema keyOf(
      List<KeySchemaElement> elements, Map<String, KeyAttribute.Type> types) {
    KeyAttribute partitionKey = null;
    KeyAttribute sortKey = null;
    for (KeySchemaElement element : elements) {
      String name = element.attributeName();
      KeyAttribute attribute = new KeyAttribute(name, types.get(name));
      if (element.keyType() == KeyType.HASH) {
        partitionKey = attribute;
      } else {
        sortKey = attribute;
      }
    }
    return new KeySchema(partitionKey, sortKey);
  }
}
