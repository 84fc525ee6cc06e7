/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import io.sluice.capacity.Index;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.dynamodb.wire.RequestFailure;
import io.sluice.dynamodb.wire.UnreadableAnswerException;
import io.sluice.item.KeyAttribute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Describes how a table would be created again. Three requests or more. */
public final class DescribeDefinition {
  private DescribeDefinition() {}

  /**
   * Describes a table by DescribeTable, DescribeTimeToLive and ListTagsOfResource; empty when there
   * is none of that name in the account and region. What the latter two are refused is not
   * recorded.
   *
   * @param refused told of each such refusal, in one line
   * @throws SdkException when DynamoDB cannot be reached, or describes something else
   */
  public static Optional<TableDefinition> named(
      String table, DynamoDbClient client, Consumer<String> refused) {
    return DescribeTable.find(table, client)
        .map(
            found -> {
              TableDefinition definition = read(table, found);
              definition = withTimeToLive(definition, table, client, refused);
              return withTags(definition, table, found.tableArn(), client, refused);
            });
  }

  private static TableDefinition withTimeToLive(
      TableDefinition definition, String table, DynamoDbClient client, Consumer<String> refused) {
    try {
      return definition.withTimeToLive(timeToLive(table, client).orElse(null));
    } catch (SdkException e) {
      refused.accept("the time to live of %s: %s".formatted(table, RequestFailure.nameOf(e)));
      return definition.without(TableDefinition.Part.TIME_TO_LIVE);
    }
  }

  /** Returns the attribute of the time to live; empty when there is none. */
  static Optional<String> timeToLive(String table, DynamoDbClient client) {
    TimeToLiveDescription found =
        client.describeTimeToLive(request -> request.tableName(table)).timeToLiveDescription();
    boolean isOn =
        found != null
            && (found.timeToLiveStatus() == TimeToLiveStatus.ENABLED
                || found.timeToLiveStatus() == TimeToLiveStatus.ENABLING);
    return isOn ? Optional.ofNullable(found.attributeName()) : Optional.empty();
  }

  private static TableDefinition withTags(
      TableDefinition definition,
      String table,
      @Nullable String arn,
      DynamoDbClient client,
      Consumer<String> refused) {
    if (arn == null) {
      refused.accept("the tags of %s: DynamoDB does not report its ARN".formatted(table));
      return definition.without(TableDefinition.Part.TAGS);
    }
    TreeMap<String, String> tags = new TreeMap<>();
    try {
      String next = null;
      do {
        String from = next;
        ListTagsOfResourceResponse some =
            client.listTagsOfResource(request -> request.resourceArn(arn).nextToken(from));
        for (Tag tag : some.tags()) {
          tags.put(tag.key(), tag.value());
        }
        next = some.nextToken();
      } while (next != null);
    } catch (SdkException e) {
      refused.accept("the tags of %s: %s".formatted(table, RequestFailure.nameOf(e)));
      return definition.without(TableDefinition.Part.TAGS);
    }
    return definition.withTags(tags);
  }

  private static TableDefinition read(String name, TableDescription table) {
    try {
      return of(name, table);
    } catch (IllegalArgumentException e) {
      throw UnreadableAnswerException.noAnswer(
          new UnreadableAnswerException("it describes no table: " + e.getMessage()));
    }
  }

  private static TableDefinition of(String name, TableDescription table) {
    boolean onDemand = ReportedCapacity.isOnDemand(table);
    Map<String, KeyAttribute> attributes = new HashMap<>();
    table
        .attributeDefinitions()
        .forEach(
            a ->
                attributes.put(
                    a.attributeName(),
                    new KeyAttribute(
                        a.attributeName(), DescribeTable.typeOf(a.attributeTypeAsString()))));
    List<IndexDefinition> indexes = new ArrayList<>();
    for (LocalSecondaryIndexDescription index : table.localSecondaryIndexes()) {
      indexes.add(
          index(index.indexName(), index.keySchema(), index.projection(), attributes, null));
    }
    for (GlobalSecondaryIndexDescription index : table.globalSecondaryIndexes()) {
      if (index.indexStatus() != IndexStatus.DELETING) {
        Billing billing =
            billing(onDemand, index.provisionedThroughput(), index.onDemandThroughput());
        indexes.add(
            index(index.indexName(), index.keySchema(), index.projection(), attributes, billing));
      }
    }
    boolean hasStream =
        table.streamSpecification() != null
            && Boolean.TRUE.equals(table.streamSpecification().streamEnabled());
    return new TableDefinition(
        DescribeTable.infoOf(name, table, OnDemandUnits.NONE).keySchema(),
        indexes,
        billing(onDemand, table.provisionedThroughput(), table.onDemandThroughput()),
        hasStream ? table.streamSpecification().streamViewTypeAsString() : null,
        table.tableClassSummary() == null ? null : table.tableClassSummary().tableClassAsString(),
        null,
        Map.of(),
        table.vectorIndexes().isEmpty() ? Set.of() : Set.of(TableDefinition.Part.VECTOR_INDEXES));
  }

  private static IndexDefinition index(
      String name,
      List<KeySchemaElement> elements,
      Projection projection,
      Map<String, KeyAttribute> attributes,
      @Nullable Billing billing) {
    return new IndexDefinition(
        name,
        key(elements, KeyType.HASH, attributes),
        key(elements, KeyType.RANGE, attributes),
        Index.Projection.valueOf(projection.projectionTypeAsString()),
        projection.nonKeyAttributes(),
        billing);
  }

  private static List<KeyAttribute> key(
      List<KeySchemaElement> elements, KeyType role, Map<String, KeyAttribute> attributes) {
    return elements.stream()
        .filter(element -> element.keyType() == role)
        .map(element -> attributes.get(element.attributeName()))
        .filter(Objects::nonNull)
        .toList();
  }

  private static Billing billing(
      boolean onDemand,
      @Nullable ProvisionedThroughputDescription provisioned,
      @Nullable OnDemandThroughput maximum) {
    if (!onDemand && ReportedCapacity.isGiven(provisioned)) {
      return new Billing(
          new Billing.Provisioned(
              provisioned.readCapacityUnits(), provisioned.writeCapacityUnits()));
    }
    Long reads = maximum == null ? null : limit(maximum.maxReadRequestUnits());
    Long writes = maximum == null ? null : limit(maximum.maxWriteRequestUnits());
    return reads == null && writes == null
        ? Billing.ON_DEMAND
        : new Billing(null, new Billing.Maximum(reads, writes));
  }

  /** DynamoDB reports no limit as -1. */
  private static @Nullable Long limit(@Nullable Long units) {
    return units == null || units < 1 ? null : units;
  }
}
