/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import io.sluice.capacity.OnDemandUnits;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Creates a table and waits until it can be written to. */
public final class CreateTable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_CREATION = Duration.ofMinutes(10);

  /** A table in one of these states can neither be written to nor created. */
  private static final Set<TableStatus> PASSING =
      Set.of(TableStatus.CREATING, TableStatus.DELETING);

  private CreateTable() {}

  /**
   * Creates the table if there is none, and waits until it is active, usually some seconds; its
   * status is polled every second. If another job creates it at the same moment, waits for that
   * table.
   *
   * @return the table, whose key may be the other job's choice
   * @throws software.amazon.awssdk.core.exception.SdkException when DynamoDB refuses
   */
  public static TableInfo named(
      String table, KeySchema schema, Billing billing, DynamoDbClient client) {
    return named(table, schema, billing, client, OnDemandUnits.NONE);
  }

  /**
   * Creates the table as above, with units a second given by a person in case it is on-demand.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when DynamoDB refuses
   */
  public static TableInfo named(
      String table,
      KeySchema schema,
      Billing billing,
      DynamoDbClient client,
      OnDemandUnits option) {
    long began = System.nanoTime();
    long pause = FIRST_PAUSE.toNanos();
    while (true) {
      Optional<TableDescription> found = DescribeTable.find(table, client);
      if (found.isEmpty()) {
        create(table, schema, billing, client);
        found = DescribeTable.find(table, client);
      }
      if (found.isPresent() && !PASSING.contains(found.get().tableStatus())) {
        return DescribeTable.infoOf(table, found.get(), option);
      }
      if (System.nanoTime() - began > LONGEST_CREATION.toNanos()) {
        throw new IllegalStateException(
            "the table %s was not active after %d minutes"
                .formatted(table, LONGEST_CREATION.toMinutes()));
      }
      sleep(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE.toNanos());
    }
  }

  private static void create(
      String table, KeySchema schema, Billing billing, DynamoDbClient client) {
    try {
      client.createTable(request(table, schema, billing));
    } catch (ResourceInUseException e) {
      // Another job has created it by now, which is just as good.
    }
  }

  private static void sleep(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted while a table was created", e);
    }
  }

  private static CreateTableRequest request(String table, KeySchema schema, Billing billing) {
    List<KeySchemaElement> keys = new ArrayList<>();
    List<AttributeDefinition> definitions = new ArrayList<>();
    for (KeyAttribute key : schema.attributes()) {
      KeyType role = keys.isEmpty() ? KeyType.HASH : KeyType.RANGE;
      keys.add(KeySchemaElement.builder().attributeName(key.name()).keyType(role).build());
      definitions.add(
          AttributeDefinition.builder()
              .attributeName(key.name())
              .attributeType(key.type().name())
              .build());
    }
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(table)
            .keySchema(keys)
            .attributeDefinitions(definitions);
    Billing.Provisioned provisioned = billing.provisioned();
    return provisioned == null
        ? request.billingMode(BillingMode.PAY_PER_REQUEST).build()
        : request
            .billingMode(BillingMode.PROVISIONED)
            .provisionedThroughput(
                t ->
                    t.readCapacityUnits(provisioned.readUnits())
                        .writeCapacityUnits(provisioned.writeUnits()))
            .build();
  }
}
