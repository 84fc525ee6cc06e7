/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** Tables with one of everything that a definition of a table has, and items for them. */
final class RichTable {
  private RichTable() {}

  static KeySchemaElement key(String name, String role) {
    return KeySchemaElement.builder().attributeName(name).keyType(role).build();
  }

  /** A table with one of each, whose index on several attributes has several of each kind. */
  private static CreateTableRequest.Builder named(String table) {
    return CreateTableRequest.builder()
        .tableName(table)
        .keySchema(key("pk", "HASH"), key("sk", "RANGE"))
        .attributeDefinitions(
            Stream.of("pk:S", "sk:N", "a:S", "b:N", "c:B", "d:S")
                .map(each -> each.split(":"))
                .map(
                    each ->
                        AttributeDefinition.builder()
                            .attributeName(each[0])
                            .attributeType(each[1])
                            .build())
                .toList())
        .localSecondaryIndexes(
            LocalSecondaryIndex.builder()
                .indexName("by-b")
                .keySchema(key("pk", "HASH"), key("b", "RANGE"))
                .projection(p -> p.projectionType("INCLUDE").nonKeyAttributes("z", "y"))
                .build())
        .streamSpecification(s -> s.streamEnabled(true).streamViewType("NEW_AND_OLD_IMAGES"))
        .tags(
            Tag.builder().key("team").value("blue").build(),
            Tag.builder().key("cost").value("").build());
  }

  private static GlobalSecondaryIndex.Builder wideIndex() {
    return GlobalSecondaryIndex.builder()
        .indexName("wide")
        .keySchema(key("d", "HASH"), key("a", "HASH"), key("c", "RANGE"), key("b", "RANGE"))
        .projection(p -> p.projectionType("KEYS_ONLY"));
  }

  /** Returns a table on demand with at most so many units. */
  static CreateTableRequest onDemand(String table) {
    return named(table)
        .billingMode("PAY_PER_REQUEST")
        .onDemandThroughput(t -> t.maxReadRequestUnits(700L).maxWriteRequestUnits(800L))
        .globalSecondaryIndexes(
            wideIndex().onDemandThroughput(t -> t.maxWriteRequestUnits(500L)).build())
        .build();
  }

  /** Returns a table on demand without a maximum. */
  static CreateTableRequest unlimited(String table) {
    return named(table)
        .billingMode("PAY_PER_REQUEST")
        .globalSecondaryIndexes(wideIndex().build())
        .build();
  }

  /** Returns a table with provisioned units. */
  static CreateTableRequest provisioned(String table) {
    return named(table)
        .billingMode("PROVISIONED")
        .provisionedThroughput(t -> t.readCapacityUnits(70L).writeCapacityUnits(80L))
        .globalSecondaryIndexes(
            wideIndex()
                .provisionedThroughput(t -> t.readCapacityUnits(30L).writeCapacityUnits(40L))
                .build())
        .build();
  }

  static Map<String, AttributeValue> item(int n) {
    return Map.of(
        "pk",
        AttributeValue.fromS("k"),
        "sk",
        AttributeValue.fromN(Integer.toString(n)),
        "a",
        AttributeValue.fromS("x"),
        "b",
        AttributeValue.fromN("1"),
        "c",
        AttributeValue.fromB(SdkBytes.fromUtf8String("y")),
        "d",
        AttributeValue.fromS("z"));
  }
}
