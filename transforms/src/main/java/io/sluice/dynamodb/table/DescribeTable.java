/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import io.sluice.capacity.Index;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.dynamodb.wire.UnreadableAnswerException;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Describes a table: its key, indexes, capacity and size. One request. */
public final class DescribeTable {
  private DescribeTable() {}

  /**
   * Describes a table; empty when there is none of that name in the account and region.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when DynamoDB cannot be reached
   */
  public static Optional<TableInfo> named(String table, DynamoDbClient client) {
    return named(table, client, OnDemandUnits.NONE);
  }

  /**
   * Describes a table; empty when there is none of that name in the account and region.
   *
   * @param option units a second of an on-demand table, if a person gives them
   * @throws software.amazon.awssdk.core.exception.SdkException when DynamoDB cannot be reached
   */
  public static Optional<TableInfo> named(
      String table, DynamoDbClient client, OnDemandUnits option) {
    return find(table, client).map(found -> infoOf(table, found, option));
  }

  /**
   * Whether a table has no item now, whatever the count says that DynamoDB reports, which is up to
   * six hours old. Reads one item at most, consistently.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when DynamoDB refuses
   */
  public static boolean isEmpty(String table, DynamoDbClient client) {
    ScanResponse first = client.scan(s -> s.tableName(table).limit(1).consistentRead(true));
    return first.items().isEmpty() && !first.hasLastEvaluatedKey();
  }

  /**
   * Says why DynamoDB puts no items into a table in bulk; empty when it does. Source: the developer
   * guide, bulk put items, table state requirements.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when DynamoDB cannot be reached
   */
  public static Optional<String> bulkProblem(String table, DynamoDbClient client) {
    return find(table, client).flatMap(DescribeTable::bulkProblem);
  }

  static Optional<String> bulkProblem(TableDescription table) {
    if (!table.replicas().isEmpty()) {
      return Optional.of("it is a global table");
    }
    Optional<String> index =
        table.globalSecondaryIndexes().stream()
            .filter(each -> each.indexStatus() == IndexStatus.CREATING)
            .map(each -> "its index " + each.indexName() + " is being created")
            .findFirst();
    boolean isReady =
        table.tableStatus() == TableStatus.ACTIVE || table.tableStatus() == TableStatus.UPDATING;
    return index.isPresent() || isReady
        ? index
        : Optional.of("it is " + table.tableStatusAsString());
  }

  /**
   * Returns what identifies a table: one of the same name that is created later has another
   * identity. Empty when there is none of that name.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when DynamoDB cannot be reached
   */
  public static Optional<String> identityOf(String table, DynamoDbClient client) {
    return find(table, client)
        .map(
            found ->
                found.tableArn()
                    + " "
                    + (found.tableId() == null ? found.creationDateTime() : found.tableId()));
  }

  static Optional<TableDescription> find(String table, DynamoDbClient client) {
    try {
      return Optional.of(client.describeTable(r -> r.tableName(table)).table());
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Keeps the name that was asked for: an ARN may name the table of another account. */
  static TableInfo infoOf(String name, TableDescription table, OnDemandUnits option) {
    Map<String, String> types = new HashMap<>();
    for (AttributeDefinition attribute : table.attributeDefinitions()) {
      types.put(attribute.attributeName(), attribute.attributeTypeAsString());
    }
    List<Index> indexes = new ArrayList<>();
    for (LocalSecondaryIndexDescription index : table.localSecondaryIndexes()) {
      indexes.add(
          index(
              index.indexName(),
              keyOf(index.keySchema(), types),
              index.projection(),
              index.itemCount(),
              index.indexSizeBytes()));
    }
    for (GlobalSecondaryIndexDescription index : table.globalSecondaryIndexes()) {
      indexes.add(
          index(
              index.indexName(),
              keyOf(index.keySchema(), types),
              index.projection(),
              index.itemCount(),
              index.indexSizeBytes()));
    }
    List<KeyAttribute> key = keyOf(table.keySchema(), types);
    if (key.size() > 2) {
      throw notATable();
    }
    return new TableInfo(
        name,
        table.tableArn(),
        new KeySchema(key.get(0), key.size() == 2 ? key.get(1) : null),
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
      List<KeyAttribute> key,
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

  /** Returns the attributes of a key, those of the partition key first, each kind in its order. */
  private static List<KeyAttribute> keyOf(
      List<KeySchemaElement> elements, Map<String, String> types) {
    List<KeyAttribute> partitionKey = new ArrayList<>();
    List<KeyAttribute> sortKey = new ArrayList<>();
    for (KeySchemaElement element : elements) {
      String name = element.attributeName();
      (element.keyType() == KeyType.HASH ? partitionKey : sortKey)
          .add(new KeyAttribute(name, typeOf(types.get(name))));
    }
    if (partitionKey.isEmpty()) {
      throw notATable();
    }
    partitionKey.addAll(sortKey);
    return partitionKey;
  }

  static KeyAttribute.Type typeOf(@Nullable String type) {
    return Arrays.stream(KeyAttribute.Type.values())
        .filter(known -> known.name().equals(type))
        .findAny()
        .orElseThrow(DescribeTable::notATable);
  }

  private static SdkClientException notATable() {
    return UnreadableAnswerException.noAnswer(
        new UnreadableAnswerException("it describes no table's key"));
  }
}
