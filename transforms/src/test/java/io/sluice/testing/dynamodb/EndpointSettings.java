/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.dynamodb;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a DynamoDB with one table is like. Throughput, faults and times may change while it runs,
 * and so may what the table says of its provisioned throughput.
 *
 * @param port the port on loopback; 0 for a free one
 * @param table the one table
 * @param generated what the table has at the beginning; null for nothing
 * @param latencyMillis from a request to its answer
 * @param trickleMillis how long an answer takes that comes bit by bit
 * @param throughput the capacity that the table really has
 * @param faults what goes wrong how often
 */
public record EndpointSettings(
    int port,
    TableSettings table,
    @Nullable GeneratedItems generated,
    long latencyMillis,
    long trickleMillis,
    Throughput throughput,
    Faults faults) {
  /** Items with an attribute of this name are refused. */
  public static final String POISON = "poison";

  /** A table that answers at once, and has neither limits nor faults. */
  public static EndpointSettings of(TableSettings table) {
    return new EndpointSettings(0, table, null, 0, 3000, Throughput.unlimited(), Faults.none());
  }

  public EndpointSettings withPort(int newPort) {
    return new EndpointSettings(
        newPort, table, generated, latencyMillis, trickleMillis, throughput, faults);
  }

  public EndpointSettings withTable(TableSettings newTable) {
    return new EndpointSettings(
        port, newTable, generated, latencyMillis, trickleMillis, throughput, faults);
  }

  public EndpointSettings withGenerated(GeneratedItems items) {
    return new EndpointSettings(
        port, table, items, latencyMillis, trickleMillis, throughput, faults);
  }

  public EndpointSettings withLatencyMillis(long millis) {
    return new EndpointSettings(port, table, generated, millis, trickleMillis, throughput, faults);
  }

  public EndpointSettings withTrickleMillis(long millis) {
    return new EndpointSettings(port, table, generated, latencyMillis, millis, throughput, faults);
  }

  public EndpointSettings withThroughput(Throughput newThroughput) {
    return new EndpointSettings(
        port, table, generated, latencyMillis, trickleMillis, newThroughput, faults);
  }

  public EndpointSettings withFaults(Faults newFaults) {
    return new EndpointSettings(
        port, table, generated, latencyMillis, trickleMillis, throughput, newFaults);
  }
}
