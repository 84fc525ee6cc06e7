/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import io.sluice.capacity.OnDemandUnits;
import io.sluice.item.KeySchema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableCreationParameters;
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
    return named(table, TableDefinition.of(schema, billing), client, option);
  }

  /**
   * Creates the table as defined, with its tags, if there is none, waits until it and its indexes
   * are active, and then enables its time to live. If there is a table of the same primary key, its
   * time to live is enabled if it has none and no item, and nothing else of it is changed: so
   * whoever repeats this after a failure, or at the same time, before anybody writes, gets the same
   * table, and items that somebody else has written never begin to expire.
   *
   * @param option units a second given by a person, in case it is on-demand
   * @throws IllegalStateException when it has a time to live by another attribute
   * @throws software.amazon.awssdk.core.exception.SdkException when DynamoDB refuses
   */
  public static TableInfo named(
      String table, TableDefinition definition, DynamoDbClient client, OnDemandUnits option) {
    long began = System.nanoTime();
    long pause = FIRST_PAUSE.toNanos();
    boolean isOurs = false;
    while (true) {
      Optional<TableDescription> found = DescribeTable.find(table, client);
      if (found.isEmpty()) {
        isOurs |= create(table, definition, client);
        found = DescribeTable.find(table, client);
      }
      if (found.isPresent() && !PASSING.contains(found.get().tableStatus())) {
        TableInfo info = DescribeTable.infoOf(table, found.get(), option);
        if (definition.timeToLive() != null && info.keySchema().equals(definition.keySchema())) {
          enableTimeToLive(table, definition.timeToLive(), isOurs, client);
        }
        return info;
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

  /**
   * Whether the creation of a table may have been interrupted before its time to live was enabled:
   * it has none, and no item, which nobody writes before; or it is not active yet. Reads one item
   * at most.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when DynamoDB refuses
   */
  public static boolean isUnfinished(
      TableInfo table, TableDefinition definition, DynamoDbClient client) {
    try {
      return definition.timeToLive() != null
          && table.items() == 0
          && DescribeDefinition.timeToLive(table.name(), client).isEmpty()
          && DescribeTable.isEmpty(table.name(), client);
    } catch (ResourceNotFoundException e) {
      // It is still being created.
      return true;
    }
  }

  /**
   * Returns what an import by DynamoDB is told of the table that it creates.
   *
   * @throws IllegalArgumentException when the definition has something of {@link #notImported}
   */
  public static TableCreationParameters importing(String table, TableDefinition definition) {
    return CreationRequest.ofImport(table, definition);
  }

  /** Returns what a definition has that an import by DynamoDB does not create, in words. */
  public static List<String> notImported(TableDefinition definition) {
    return CreationRequest.notImported(definition);
  }

  /** Creates the table; returns whether it was this request that did. */
  private static boolean create(String table, TableDefinition definition, DynamoDbClient client) {
    try {
      client.createTable(CreationRequest.of(table, definition));
      return true;
    } catch (ResourceInUseException e) {
      // Another job has created it by now, which is just as good.
      return false;
    }
  }

  private static void enableTimeToLive(
      String table, String attribute, boolean isOurs, DynamoDbClient client) {
    Optional<String> now = DescribeDefinition.timeToLive(table, client);
    if (now.isEmpty()) {
      // Workers of one job enable it before they write, so what has items without it is not ours.
      if (!isOurs && !DescribeTable.isEmpty(table, client)) {
        return;
      }
      try {
        client.updateTimeToLive(
            request ->
                request
                    .tableName(table)
                    .timeToLiveSpecification(ttl -> ttl.attributeName(attribute).enabled(true)));
        return;
      } catch (DynamoDbException e) {
        // Another worker may have enabled it by now.
        now = DescribeDefinition.timeToLive(table, client);
        if (now.isEmpty()) {
          throw e;
        }
      }
    }
    if (!now.get().equals(attribute)) {
      throw new IllegalStateException(
          "the table %s was given a time to live by '%s' meanwhile, not by '%s'"
              .formatted(table, now.get(), attribute));
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
}
