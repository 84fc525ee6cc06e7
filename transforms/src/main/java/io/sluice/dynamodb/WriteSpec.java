/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb;

import io.sluice.capacity.Budget;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.item.KeySchema;
import java.io.Serializable;
import java.util.UUID;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;

/** What a {@link WriteTable} is to do; changed by nobody once that has it. */
final class WriteSpec implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double DEFAULT_RATIO = 0.5;

  private final String table;
  private final KeySchema schema;
  private final String step;
  WriteEngine engine = WriteEngine.ASYNC;
  ClientConfiguration client = ClientConfiguration.EMPTY;
  Budget budget = Budget.ofRatio(DEFAULT_RATIO);
  OnDemandUnits onDemand = OnDemandUnits.NONE;
  boolean check = true;

  /** Milliseconds since 1970. */
  long stopAt = Long.MAX_VALUE;

  WriteSpec(String table, KeySchema schema) {
    this.table = table;
    this.schema = schema;
    this.step = UUID.randomUUID().toString();
  }

  /** A copy, to be changed; it is another step. */
  WriteSpec(WriteSpec other) {
    this(other.table, other.schema);
    engine = other.engine;
    client = other.client;
    budget = other.budget;
    onDemand = other.onDemand;
    check = other.check;
    stopAt = other.stopAt;
  }

  String table() {
    return table;
  }

  KeySchema schema() {
    return schema;
  }

  /** Names the transform: its workers in a JVM share a {@link TableSession}. */
  String step() {
    return step;
  }

  WriteEngine engine() {
    return engine;
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

  /** Whether to leave what is not yet begun. */
  boolean isTimeUp() {
    return System.currentTimeMillis() >= stopAt;
  }
}
