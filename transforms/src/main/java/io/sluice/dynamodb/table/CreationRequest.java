/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import io.sluice.capacity.Index;
import io.sluice.item.KeyAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.TableCreationParameters;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** Writes a definition as a CreateTable request. */
final class CreationRequest {
  private CreationRequest() {}

  /** Returns the request, which has all but the time to live. */
  static CreateTableRequest of(String table, TableDefinition definition) {
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(table)
            .attributeDefinitions(attributes(definition))
            .keySchema(keys(List.of(definition.keySchema().partitionKey()), sortKey(definition)))
            .tableClass(definition.tableClass())
            .billingMode(
                definition.billing().provisioned() == null
                    ? BillingMode.PAY_PER_REQUEST
                    : BillingMode.PROVISIONED)
            .provisionedThroughput(provisioned(definition.billing()))
            .onDemandThroughput(maximum(definition.billing()));
    List<LocalSecondaryIndex> locals = new ArrayList<>();
    List<GlobalSecondaryIndex> globals = new ArrayList<>();
    for (IndexDefinition index : definition.indexes()) {
      List<KeySchemaElement> key = keys(index.partitionKey(), index.sortKey());
      if (index.billing() == null) {
        locals.add(
            LocalSecondaryIndex.builder()
                .indexName(index.name())
                .keySchema(key)
                .projection(projection(index))
                .build());
      } else {
        globals.add(
            GlobalSecondaryIndex.builder()
                .indexName(index.name())
                .keySchema(key)
                .projection(projection(index))
                .provisionedThroughput(provisioned(index.billing()))
                .onDemandThroughput(maximum(index.billing()))
                .build());
      }
    }
    // DynamoDB refuses lists that are there and empty.
    if (!locals.isEmpty()) {
      request.localSecondaryIndexes(locals);
    }
    if (!globals.isEmpty()) {
      request.globalSecondaryIndexes(globals);
    }
    if (definition.stream() != null) {
      request.streamSpecification(s -> s.streamEnabled(true).streamViewType(definition.stream()));
    }
    Map<String, String> tags = definition.ownTags();
    if (!tags.isEmpty()) {
      request.tags(
          tags.entrySet().stream()
              .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
              .toList());
    }
    return request.build();
  }

  /**
   * Returns what an import by DynamoDB is told of the new table.
   *
   * @throws IllegalArgumentException when it has what such an import does not create
   */
  static TableCreationParameters ofImport(String table, TableDefinition definition) {
    List<String> lacking = notImported(definition);
    if (!lacking.isEmpty()) {
      throw new IllegalArgumentException(
          "an import by DynamoDB creates no " + String.join(" and no ", lacking));
    }
    CreateTableRequest whole = of(table, definition);
    TableCreationParameters.Builder parameters =
        TableCreationParameters.builder()
            .tableName(table)
            .attributeDefinitions(whole.attributeDefinitions())
            .keySchema(whole.keySchema())
            .billingMode(whole.billingMode())
            .provisionedThroughput(whole.provisionedThroughput())
            .onDemandThroughput(whole.onDemandThroughput());
    return whole.hasGlobalSecondaryIndexes()
        ? parameters.globalSecondaryIndexes(whole.globalSecondaryIndexes()).build()
        : parameters.build();
  }

  /** Returns what a definition has that an import by DynamoDB does not create. */
  static List<String> notImported(TableDefinition definition) {
    List<String> lacking = new ArrayList<>();
    if (definition.indexes().stream().anyMatch(index -> index.billing() == null)) {
      lacking.add("local index");
    }
    if (definition.stream() != null) {
      lacking.add("stream");
    }
    if (definition.timeToLive() != null) {
      lacking.add("time to live");
    }
    if (definition.tableClass() != null) {
      lacking.add("table class");
    }
    if (!definition.ownTags().isEmpty()) {
      lacking.add("tags");
    }
    return lacking;
  }

  private static List<AttributeDefinition> attributes(TableDefinition definition) {
    return definition.keyAttributes().stream()
        .map(
            key ->
                AttributeDefinition.builder()
                    .attributeName(key.name())
                    .attributeType(key.type().name())
                    .build())
        .toList();
  }

  private static List<KeyAttribute> sortKey(TableDefinition definition) {
    KeyAttribute key = definition.keySchema().sortKey();
    return key == null ? List.of() : List.of(key);
  }

  private static List<KeySchemaElement> keys(
      List<KeyAttribute> partitionKey, List<KeyAttribute> sortKey) {
    List<KeySchemaElement> keys = new ArrayList<>();
    partitionKey.forEach(key -> keys.add(element(key, KeyType.HASH)));
    sortKey.forEach(key -> keys.add(element(key, KeyType.RANGE)));
    return keys;
  }

  private static KeySchemaElement element(KeyAttribute key, KeyType role) {
    return KeySchemaElement.builder().attributeName(key.name()).keyType(role).build();
  }

  private static Projection projection(IndexDefinition index) {
    Projection.Builder projection = Projection.builder().projectionType(index.projection().name());
    return index.projection() == Index.Projection.INCLUDE
        ? projection.nonKeyAttributes(index.included()).build()
        : projection.build();
  }

  private static @Nullable ProvisionedThroughput provisioned(Billing billing) {
    return billing.provisioned() == null
        ? null
        : ProvisionedThroughput.builder()
            .readCapacityUnits(billing.provisioned().readUnits())
            .writeCapacityUnits(billing.provisioned().writeUnits())
            .build();
  }

  private static @Nullable OnDemandThroughput maximum(Billing billing) {
    return billing.maximum() == null
        ? null
        : OnDemandThroughput.builder()
            .maxReadRequestUnits(billing.maximum().readUnits())
            .maxWriteRequestUnits(billing.maximum().writeUnits())
            .build();
  }
}
