/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb;

import io.sluice.capacity.Budget;
import io.sluice.capacity.OnDemandUnits;
import java.io.Serializable;
import java.time.Duration;
import java.util.UUID;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What every transform knows that reads or writes a table by a budget. */
abstract class TableStep implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String table;
  private final String step = UUID.randomUUID().toString();
  ClientConfiguration client = ClientConfiguration.EMPTY;
  Budget budget;
  OnDemandUnits onDemand = OnDemandUnits.NONE;

  /**
   * For how long it may go wrong to describe the table, to read a page, or to put an item; but not
   * for DynamoDBIO's writes, which are tried again as it does.
   */
  Duration retryFor = Patience.RETRY_FOR;

  TableStep(String table, Budget budget) {
    this.table = table;
    this.budget = budget;
  }

  /** A copy, to be changed; it is another step. */
  TableStep(TableStep other) {
    this(other.table, other.budget);
    client = other.client;
    onDemand = other.onDemand;
    retryFor = other.retryFor;
  }

  /**
   * Describes the table before it is used.
   *
   * @throws IllegalStateException when it is not there
   */
  TableInfo describeFirst(DynamoDbClient dynamodb) {
    return describe(dynamodb);
  }

  /**
   * Describes the table.
   *
   * @throws IllegalStateException when it is not there
   */
  TableInfo describe(DynamoDbClient dynamodb) {
    return DescribeTable.named(table, dynamodb, onDemand)
        .orElseThrow(() -> new IllegalStateException("the table " + table + " is not there"));
  }

  String table() {
    return table;
  }

  /** Names the transform: its workers in a JVM share a {@link TableSession}. */
  String step() {
    return step;
  }

  /** How DynamoDB is reached; what it leaves open comes from Beam's AWS options. */
  ClientConfiguration client() {
    return client;
  }

  Budget budget() {
    return budget;
  }

  /** What the table can do when it is on-demand, where a person says so. */
  OnDemandUnits onDemand() {
    return onDemand;
  }
}
