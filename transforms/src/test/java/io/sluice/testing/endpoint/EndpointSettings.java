/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import io.sluice.item.KeyAttribute;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What endpoint is simulated. Throughput, faults and times may change while it runs, and so may
 * what the table says of its provisioned throughput.
 *
 * @param port the port on loopback; 0 for a free one
 * @param threads event loops, 1 or 2
 * @param table the one table
 * @param storage what becomes of the items written
 * @param generated items to read, which are made when they are; null for those that were written
 * @param latencyMillis from the last byte of a request to the answer; up to a millisecond more
 * @param trickleMillis how long an answer takes that comes a byte at a time
 * @param throughput the capacity that the table really has
 * @param faults what goes wrong how often
 * @param poison items with an attribute of this name are refused
 * @param seed of everything random
 */
public record EndpointSettings(
    int port,
    int threads,
    SimulatedTable table,
    Storage storage,
    @Nullable GeneratedItems generated,
    long latencyMillis,
    long trickleMillis,
    Throughput throughput,
    Faults faults,
    String poison,
    long seed) {
  public EndpointSettings {
    if (threads < 1 || threads > 2) {
      throw new IllegalArgumentException("threads is " + threads + ", must be 1 or 2");
    }
    if (latencyMillis < 0 || trickleMillis < 0) {
      throw new IllegalArgumentException("a time is less than 0");
    }
    if (generated != null && table.keySchema().partitionKey().type() == KeyAttribute.Type.B) {
      throw new IllegalArgumentException("generated items need a partition key of type S or N");
    }
  }

  /** A table that keeps its items, answers at once, and has neither limits nor faults. */
  public static EndpointSettings of(SimulatedTable table) {
    return new EndpointSettings(
        0,
        1,
        table,
        Storage.KEEP,
        null,
        0,
        3000,
        Throughput.unlimited(),
        Faults.none(),
        "poison",
        42);
  }

  public EndpointSettings withPort(int newPort) {
    return new EndpointSettings(
        newPort,
        threads,
        table,
        storage,
        generated,
        latencyMillis,
        trickleMillis,
        throughput,
        faults,
        poison,
        seed);
  }

  public EndpointSettings withThreads(int newThreads) {
    return new EndpointSettings(
        port,
        newThreads,
        table,
        storage,
        generated,
        latencyMillis,
        trickleMillis,
        throughput,
        faults,
        poison,
        seed);
  }

  public EndpointSettings withTable(SimulatedTable newTable) {
    return new EndpointSettings(
        port,
        threads,
        newTable,
        storage,
        generated,
        latencyMillis,
        trickleMillis,
        throughput,
        faults,
        poison,
        seed);
  }

  public EndpointSettings withStorage(Storage newStorage) {
    return new EndpointSettings(
        port,
        threads,
        table,
        newStorage,
        generated,
        latencyMillis,
        trickleMillis,
        throughput,
        faults,
        poison,
        seed);
  }

  public EndpointSettings withGenerated(GeneratedItems items) {
    return new EndpointSettings(
        port,
        threads,
        table,
        storage,
        items,
        latencyMillis,
        trickleMillis,
        throughput,
        faults,
        poison,
        seed);
  }

  public EndpointSettings withLatencyMillis(long millis) {
    return new EndpointSettings(
        port,
        threads,
        table,
        storage,
        generated,
        millis,
        trickleMillis,
        throughput,
        faults,
        poison,
        seed);
  }

  public EndpointSettings withTrickleMillis(long millis) {
    return new EndpointSettings(
        port,
        threads,
        table,
        storage,
        generated,
        latencyMillis,
        millis,
        throughput,
        faults,
        poison,
        seed);
  }

  public EndpointSettings withThroughput(Throughput newThroughput) {
    return new EndpointSettings(
        port,
        threads,
        table,
        storage,
        generated,
        latencyMillis,
        trickleMillis,
        newThroughput,
        faults,
        poison,
        seed);
  }

  public EndpointSettings withFaults(Faults newFaults) {
    return new EndpointSettings(
        port,
        threads,
        table,
        storage,
        generated,
        latencyMillis,
        trickleMillis,
        throughput,
        newFaults,
        poison,
        seed);
  }

  public EndpointSettings withSeed(long newSeed) {
    return new EndpointSettings(
        port,
        threads,
        table,
        storage,
        generated,
        latencyMillis,
        trickleMillis,
        throughput,
        faults,
        poison,
        newSeed);
  }
}
