/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import io.sluice.capacity.Budget;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.dynamodb.session.TableSession;
import io.sluice.dynamodb.wire.RetryWindow;
import java.io.Serializable;
import java.time.Duration;
import java.util.UUID;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The settings of every transform that reads or writes a table within a budget. */
public abstract class TableAccess implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String table;
  private final String step = UUID.randomUUID().toString();
  private ClientConfiguration client = ClientConfiguration.EMPTY;
  private Budget budget;
  private OnDemandUnits onDemand = OnDemandUnits.NONE;
  private String coordination = "";

  /**
   * How long describing the table, reading a page or keys, or putting an item may keep failing.
   * DynamoDBIO's writes are retried by its own rules instead.
   */
  private Duration retryFor = RetryWindow.RETRY_FOR;

  public TableAccess(String table, Budget budget) {
    this.table = table;
    this.budget = budget;
  }

  /** Copies the settings, to be changed; the copy is another step. */
  public TableAccess(TableAccess other) {
    this(other.table, other.budget);
    client = other.client;
    onDemand = other.onDemand;
    coordination = other.coordination;
    retryFor = other.retryFor;
  }

  /**
   * Describes the table before it is used.
   *
   * @throws IllegalStateException when there is no such table
   */
  public TableInfo describeFirst(DynamoDbClient dynamodb) {
    return describe(dynamodb);
  }

  /**
   * Describes the table.
   *
   * @throws IllegalStateException when there is no such table
   */
  public TableInfo describe(DynamoDbClient dynamodb) {
    return DescribeTable.named(table, dynamodb, onDemand)
        .orElseThrow(() -> new IllegalStateException("the table " + table + " is not there"));
  }

  public String table() {
    return table;
  }

  /** Identifies the transform: its workers in a JVM share a {@link TableSession}. */
  public String step() {
    return step;
  }

  /** Returns how DynamoDB is reached; settings that are left open come from Beam's AWS options. */
  public ClientConfiguration client() {
    return client;
  }

  public Budget budget() {
    return budget;
  }

  /** Returns the units a second of an on-demand table, if a person gives them. */
  public OnDemandUnits onDemand() {
    return onDemand;
  }

  /**
   * Returns the folder through which the JVMs of the job divide the budget; empty when each has a
   * fixed share.
   */
  public String coordination() {
    return coordination;
  }

  /**
   * Returns how long describing the table, reading a page or keys, or putting an item may keep
   * failing.
   */
  public Duration retryFor() {
    return retryFor;
  }

  public void setClient(ClientConfiguration other) {
    client = other;
  }

  public void setBudget(Budget other) {
    budget = other;
  }

  public void setOnDemand(OnDemandUnits units) {
    onDemand = units;
  }

  public void setCoordination(String folder) {
    coordination = folder;
  }

  public void setRetryFor(Duration time) {
    retryFor = time;
  }
}
