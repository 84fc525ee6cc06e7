/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.capacity.Capacity;
import io.sluice.capacity.Capacity.Source;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.capacity.TableCapacity;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.testing.LocalAws;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateGlobalSecondaryIndexAction;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Creating and describing tables. */
class TablesTest {
  private final DynamoDbClient dynamodb = LocalAws.shared().dynamodb();
  private final String table = "tables-" + UUID.randomUUID();

  private TableDescription description() {
    return dynamodb.describeTable(r -> r.tableName(table)).table();
  }

  private TableInfo created(KeySchema key, Billing billing, OnDemandUnits option) {
    return new TableInfo(
        table,
        "arn:aws:dynamodb:us-east-1:000000000000:table/" + table,
        key,
        List.of(),
        described(TableInfo.toBe(table, key, billing, option).capacity()),
        0,
        0);
  }

  /** Gives what DescribeTable says of a new table, whose warm throughput is that of any new one. */
  private static TableCapacity described(TableCapacity toBe) {
    Capacity expected = toBe.table();
    return new TableCapacity(
        toBe.onDemand(),
        new Capacity(
            expected.readUnits(),
            expected.writeUnits(),
            described(expected.reads()),
            described(expected.writes())),
        Map.of());
  }

  private static Source described(Source toBe) {
    return toBe == Source.NEW_TABLE ? Source.WARM_THROUGHPUT : toBe;
  }

  @ParameterizedTest
  @ValueSource(strings = {"S", "N", "B"})
  void keysOfEveryType(String type) {
    KeyAttribute pk = KeyAttribute.parse("the.pk:" + type);
    TableInfo created = CreateTable.named(table, KeySchema.of(pk), Billing.ON_DEMAND, dynamodb);
    assertThat(created, is(created(KeySchema.of(pk), Billing.ON_DEMAND, OnDemandUnits.NONE)));
    assertThat(DescribeTable.named(table, dynamodb), is(Optional.of(created)));
    assertThat(description().billingModeSummary().billingMode(), is(BillingMode.PAY_PER_REQUEST));
  }

  @Test
  void provisionedWithASortKey() {
    KeySchema schema = new KeySchema(KeyAttribute.parse("z:N"), KeyAttribute.parse("a:B"));
    TableInfo created = CreateTable.named(table, schema, Billing.parse("5, 500"), dynamodb);
    assertThat(created, is(created(schema, Billing.parse("5,500"), OnDemandUnits.NONE)));
    assertThat(
        created.capacity(), is(new TableCapacity(false, Capacity.provisioned(5, 500), Map.of())));
    assertThat(description().provisionedThroughput().readCapacityUnits(), is(5L));
    assertThat(description().provisionedThroughput().writeCapacityUnits(), is(500L));
  }

  @Test
  void anotherMayHaveCreatedItMeanwhile() {
    KeySchema theirs = KeySchema.of(KeyAttribute.parse("theirs:N"));
    CreateTable.named(table, theirs, Billing.ON_DEMAND, dynamodb);
    KeySchema ours = KeySchema.of(KeyAttribute.parse("ours:S"));
    assertThat(
        CreateTable.named(table, ours, Billing.ON_DEMAND, dynamodb),
        is(created(theirs, Billing.ON_DEMAND, OnDemandUnits.NONE)));
  }

  @Test
  void whatIsSaidOfAnOnDemandTable() {
    KeySchema schema = KeySchema.of(KeyAttribute.parse("pk:S"));
    OnDemandUnits option = new OnDemandUnits(null, 70.5);
    TableInfo created = CreateTable.named(table, schema, Billing.ON_DEMAND, dynamodb, option);
    assertThat(created, is(created(schema, Billing.ON_DEMAND, option)));
    assertThat(created.capacity().onDemand(), is(true));
    assertThat(
        created.capacity().table(),
        is(new Capacity(12_000, 70.5, Source.WARM_THROUGHPUT, Source.OPTION)));
    assertThat(DescribeTable.named(table, dynamodb, option), is(Optional.of(created)));
  }

  @Test
  void itemsBytesAndTheCapacityOfIndexes() {
    CreateTable.named(
        table, KeySchema.of(KeyAttribute.parse("pk:S")), Billing.parse("5,500"), dynamodb);
    dynamodb.putItem(
        r -> r.tableName(table).item(Map.of("pk", fromS("0123"), "zone", fromS("abcd"))));
    CreateGlobalSecondaryIndexAction index =
        CreateGlobalSecondaryIndexAction.builder()
            .indexName("by-zone")
            .keySchema(KeySchemaElement.builder().attributeName("zone").keyType("HASH").build())
            .projection(p -> p.projectionType("KEYS_ONLY"))
            .provisionedThroughput(t -> t.readCapacityUnits(7L).writeCapacityUnits(9L))
            .build();
    AttributeDefinition zone =
        AttributeDefinition.builder().attributeName("zone").attributeType("S").build();
    dynamodb.updateTable(
        r ->
            r.tableName(table)
                .attributeDefinitions(zone)
                .globalSecondaryIndexUpdates(
                    GlobalSecondaryIndexUpdate.builder().create(index).build()));
    TableInfo described = DescribeTable.named(table, dynamodb).orElseThrow();
    assertThat(
        described.capacity(),
        is(
            new TableCapacity(
                false,
                Capacity.provisioned(5, 500),
                Map.of("by-zone", Capacity.provisioned(7, 9)))));
    assertThat(described.items(), is(1L));
    assertThat(described.bytes(), is(14L));
  }

  @Test
  void noSuchTable() {
    assertThat(DescribeTable.named(table, dynamodb), is(Optional.empty()));
  }

  @Test
  void billing() {
    assertThat(Billing.parse("on_demand"), is(Billing.ON_DEMAND));
    assertThat(Billing.parse("1,2"), is(new Billing(new Billing.Provisioned(1, 2))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "5", "5,", "5,x", "1,2,3", "0,5", "5,-1"})
  void invalidBillingIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Billing.parse(text));
  }

  @Test
  void theMessageNamesTheText() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Billing.parse("lots"));
    assertThat(e.getMessage(), containsString("'lots'"));
  }
}
