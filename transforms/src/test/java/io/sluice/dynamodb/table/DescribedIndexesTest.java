/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.capacity.Index;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.capacity.WriteCost;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemRules;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.VectorIndexDescription;

/** Tables with the indexes that DynamoDB has had since November 2025 and August 2026. */
class DescribedIndexesTest {
  /** Up to four attributes of each kind, given here in mixed order. */
  private static final GlobalSecondaryIndexDescription MATCHES =
      GlobalSecondaryIndexDescription.builder()
          .indexName("matches")
          .keySchema(
              key("tournament", "HASH"),
              key("region", "HASH"),
              key("round", "RANGE"),
              key("score", "RANGE"),
              key("player", "RANGE"))
          .projection(p -> p.projectionType("KEYS_ONLY"))
          .build();

  private static final TableInfo TABLE =
      DescribeTable.infoOf(
          "games",
          TableDescription.builder()
              .keySchema(key("id", "HASH"))
              .attributeDefinitions(
                  Stream.of("id:S", "tournament:S", "region:S", "round:S", "score:N", "player:S")
                      .map(KeyAttribute::parse)
                      .map(
                          key ->
                              AttributeDefinition.builder()
                                  .attributeName(key.name())
                                  .attributeType(key.type().name())
                                  .build())
                      .toList())
              .globalSecondaryIndexes(MATCHES)
              .vectorIndexes(
                  VectorIndexDescription.builder().indexName("by-meaning").build(),
                  VectorIndexDescription.builder().indexName("by-look").build())
              .build(),
          OnDemandUnits.NONE);

  private static KeySchemaElement key(String name, String role) {
    return KeySchemaElement.builder().attributeName(name).keyType(role).build();
  }

  private static Map<String, AttributeValue> game() {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("id", fromS("1"));
    item.put("tournament", fromS("t"));
    item.put("region", fromS("r"));
    item.put("round", fromS("x".repeat(900)));
    item.put("score", fromN("7"));
    item.put("player", fromS("y".repeat(200)));
    item.put("more", fromS("z".repeat(5000)));
    return item;
  }

  @Test
  void allAttributesOfAnIndexKeyAreKnown() {
    assertThat(TABLE.keySchema(), is(KeySchema.of(KeyAttribute.parse("id:S"))));
    Index index = TABLE.indexes().get(0);
    assertThat(
        index.key().stream().map(KeyAttribute::toString).toList(),
        contains("tournament:S", "region:S", "round:S", "score:N", "player:S"));
    assertThat(TABLE.indexKeys(), is(index.key()));
  }

  @Test
  void anItemIsInTheIndexWithAllOfThem() {
    WriteCost cost = new WriteCost(TABLE.keySchema(), TABLE.indexes());
    // The keys take more than 1 KB; attributes that the index does not project are not counted.
    assertThat(cost.indexUnits(game()), is(Map.of("matches", 2L)));
    for (KeyAttribute key : TABLE.indexKeys()) {
      Map<String, AttributeValue> without = game();
      without.remove(key.name());
      assertThat(key.name(), cost.indexUnits(without), is(Map.of()));
    }
  }

  @Test
  void eachOfThemIsChecked() throws InvalidItemException {
    ItemRules.checkIndexKeys(game(), TABLE.indexKeys());
    for (KeyAttribute key : TABLE.indexKeys()) {
      Map<String, AttributeValue> other = game();
      other.put(key.name(), AttributeValue.fromBool(true));
      InvalidItemException e =
          assertThrows(
              InvalidItemException.class, () -> ItemRules.checkIndexKeys(other, TABLE.indexKeys()));
      assertThat(e.reason(), is(Reason.KEY_TYPE));
    }
  }

  @Test
  void vectorIndexesAreKnownByName() {
    assertThat(TABLE.capacity().vectorIndexes(), is(List.of("by-look", "by-meaning")));
    assertThat(TABLE.capacity().indexes().keySet(), contains("matches"));
  }

  @Test
  void someTablesTakeNoBulkPuts() {
    TableDescription active = TableDescription.builder().tableStatus("ACTIVE").build();
    assertThat(DescribeTable.bulkProblem(active), is(Optional.empty()));
    assertThat(
        DescribeTable.bulkProblem(active.toBuilder().tableStatus("UPDATING").build()),
        is(Optional.empty()));
    assertThat(
        DescribeTable.bulkProblem(active.toBuilder().tableStatus("ARCHIVED").build()),
        is(Optional.of("it is ARCHIVED")));
    assertThat(
        DescribeTable.bulkProblem(
            active.toBuilder().replicas(replica -> replica.regionName("eu-west-1")).build()),
        is(Optional.of("it is a global table")));
    assertThat(
        DescribeTable.bulkProblem(
            active.toBuilder()
                .globalSecondaryIndexes(
                    index -> index.indexName("a").indexStatus("ACTIVE"),
                    index -> index.indexName("b").indexStatus("CREATING"))
                .build()),
        is(Optional.of("its index b is being created")));
  }
}
