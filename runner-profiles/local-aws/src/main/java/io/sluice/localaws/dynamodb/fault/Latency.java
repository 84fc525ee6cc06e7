/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.fault;

import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Says how long the client waits for an answer, besides what it takes to make it. A request is done
 * when it has come; only its answer waits.
 *
 * @param usual for operations that are not named
 * @param operations by the name of the operation
 * @param jitter the most that an answer takes longer, at random
 */
public record Latency(Duration usual, Map<String, Duration> operations, Duration jitter) {

  /** Is the most that an answer waits besides jitter, and the most of jitter. */
  public static final Duration MAX = Duration.ofHours(1);

  /** Has answers come at once. */
  public static final Latency NONE = new Latency(Duration.ZERO, Map.of(), Duration.ZERO);

  public Latency {
    operations = Map.copyOf(operations);
    check("usual", usual);
    check("jitter", jitter);
    operations.keySet().forEach(OperationNames::check);
    operations.forEach(Latency::check);
  }

  private static void check(String name, Duration latency) {
    if (latency.isNegative()) {
      throw new IllegalArgumentException(name + " is " + latency + ", must not be negative");
    }
    if (latency.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(name + " is " + latency + ", must be an hour at most");
    }
  }

  /** Has every answer take so long. */
  public static Latency of(Duration latency) {
    return new Latency(latency, Map.of(), Duration.ZERO);
  }

  /** Draws how long the answer to a request for {@code operation} waits. */
  public Duration draw(String operation, RandomGenerator random) {
    Duration latency = operations.getOrDefault(operation, usual);
    return jitter.isZero() ? latency : latency.plusNanos(random.nextLong(jitter.toNanos() + 1));
  }
}
