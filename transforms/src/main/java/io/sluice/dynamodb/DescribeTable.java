/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb;

import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
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
    try {
      return Optional.of(infoOf(client.describeTable(r -> r.tableName(table)).table()));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  static TableInfo infoOf(TableDescription table) {
    Map<String, KeyAttribute.Type> types =
        table.attributeDefinitions().stream()
            .collect(
                Collectors.toMap(
                    AttributeDefinition::attributeName,
                    d -> KeyAttribute.Type.valueOf(d.attributeTypeAsString())));
    KeyAttribute partitionKey = null;
    KeyAttribute sortKey = null;
    for (KeySchemaElement element : table.keySchema()) {
      String name = element.attributeName();
      KeyAttribute attribute = new KeyAttribute(name, types.get(name));
      if (element.keyType() == KeyType.HASH) {
        partitionKey = attribute;
      } else {
        sortKey = attribute;
      }
    }
    return new TableInfo(table.tableName(), new KeySchema(partitionKey, sortKey));
  }
}
