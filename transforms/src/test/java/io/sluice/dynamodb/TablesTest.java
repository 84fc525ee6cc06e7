/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.dynamodb.CreateTable.Billing;
import io.sluice.dynamodb.CreateTable.Provisioned;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.testing.LocalAws;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Creating and describing tables. */
class TablesTest {
  private final DynamoDbClient dynamodb = LocalAws.shared().dynamodb();
  private final String table = "tables-" + UUID.randomUUID();

  private TableDescription description() {
    return dynamodb.describeTable(r -> r.tableName(table)).table();
  }

  @ParameterizedTest
  @ValueSource(strings = {"S", "N", "B"})
  void keysOfEveryType(String type) {
    KeyAttribute pk = KeyAttribute.parse("the.pk:" + type);
    TableInfo created = CreateTable.named(table, KeySchema.of(pk), Billing.ON_DEMAND, dynamodb);
    assertThat(created, is(new TableInfo(table, KeySchema.of(pk), List.of())));
    assertThat(DescribeTable.named(table, dynamodb), is(Optional.of(created)));
    assertThat(description().billingModeSummary().billingMode(), is(BillingMode.PAY_PER_REQUEST));
  }

  @Test
  void provisionedWithASortKey() {
    KeySchema schema = new KeySchema(KeyAttribute.parse("z:N"), KeyAttribute.parse("a:B"));
    TableInfo created = CreateTable.named(table, schema, Billing.parse("5, 500"), dynamodb);
    assertThat(created, is(new TableInfo(table, schema, List.of())));
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
        is(new TableInfo(table, theirs, List.of())));
  }

  @Test
  void noSuchTable() {
    assertThat(DescribeTable.named(table, dynamodb), is(Optional.empty()));
  }

  @Test
  void billing() {
    assertThat(Billing.parse("on_demand"), is(Billing.ON_DEMAND));
    assertThat(Billing.parse("1,2"), is(new Billing(new Provisioned(1, 2))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "5", "5,", "5,x", "1,2,3", "0,5", "5,-1"})
  void billingThatCannotBe(String text) {
    assertThrows(IllegalArgumentException.class, () -> Billing.parse(text));
  }

  @Test
  void theMessageNamesTheText() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Billing.parse("lots"));
    assertThat(e.getMessage(), containsString("'lots'"));
  }
}
