/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb;

import io.sluice.localaws.dynamodb.fault.FaultRule;
import io.sluice.localaws.dynamodb.fault.Latency;
import io.sluice.localaws.dynamodb.throttle.CapacitySettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Reads the options of a command line that say what DynamoDB plays.
 *
 * @param values by name, with the two hyphens; empty for a flag without a value
 */
public record RehearsalOptions(Map<String, String> values) {

  /** Describes the options. */
  public static final String HELP =
      """
        --enforceCapacity    throttle requests to what tables and indexes have: provisioned units,
                             on-demand maximums, partitions of 1,000 write and 3,000 read units
        --latencyMillis=0    how long each answer of DynamoDB waits, an hour at most
        --jitterMillis=0     the most that it waits longer, at random
        --faults=RULES       what goes wrong: OPERATION:FAULT:SHARE, with commas between several;
                             OPERATION is one, some with + between them, 'items' or '*'; FAULT is an
                             error as InternalServerError, or reset-before, reset-after, hang-before,
                             hang-after, cut, trickle, trickle@MILLIS, delay@MILLIS, wrong-checksum,
                             unprocessed (of batches) or empty-page (of Scan and Query, and not the
                             first); SHARE is the part of the requests, 0 to 1, and together at most 1
                             for an operation
        --seed=42            of everything random
        --admin              serve books and settings at /_sluice/books, capacity, latency and faults;
                             does not go with --checkSignatures
      """;

  /** Lists the names of the options. */
  public static final List<String> NAMES =
      List.of(
          "--enforceCapacity",
          "--latencyMillis",
          "--jitterMillis",
          "--faults",
          "--seed",
          "--admin");

  public RehearsalOptions {
    values = Map.copyOf(values);
  }

  /**
   * Applies the options.
   *
   * @throws IllegalArgumentException if a value is none, with a message that names the option
   */
  public DynamoDbBuilder apply(DynamoDbBuilder builder) {
    if (flag("--enforceCapacity")) {
      builder.capacity(CapacitySettings.ENFORCED);
    }
    if (flag("--admin")) {
      builder.admin();
    }
    return builder
        .latency(new Latency(millis("--latencyMillis"), Map.of(), millis("--jitterMillis")))
        .faults(rules())
        .seed(seed());
  }

  /** Reports whether programs may read books and change settings. */
  public boolean hasAdmin() {
    return flag("--admin");
  }

  /**
   * Reports whether anything is played, or can be, so that requests must be accounted for. A seed
   * alone plays nothing.
   */
  public boolean playsAnything() {
    return flag("--enforceCapacity")
        || flag("--admin")
        || !millis("--latencyMillis").isZero()
        || !millis("--jitterMillis").isZero()
        || !rules().isEmpty();
  }

  private List<FaultRule> rules() {
    try {
      return FaultRule.parse(values.getOrDefault("--faults", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--faults: " + e.getMessage(), e);
    }
  }

  private boolean flag(String name) {
    String value = values.getOrDefault(name, "false");
    if (value.isEmpty() || value.equals("true")) {
      return true;
    }
    if (value.equals("false")) {
      return false;
    }
    throw new IllegalArgumentException(
        name + " is '" + value + "', must be true or false, or without a value for true");
  }

  private Duration millis(String name) {
    String value = values.getOrDefault(name, "0");
    try {
      long number = Long.parseLong(value);
      if (number >= 0 && number <= Latency.MAX.toMillis()) {
        return Duration.ofMillis(number);
      }
    } catch (NumberFormatException e) {
      // The same message serves for a number that is out of bounds.
    }
    throw new IllegalArgumentException(
        name + " is '" + value + "', must be a whole number, 0 to " + Latency.MAX.toMillis());
  }

  private long seed() {
    String value = values.getOrDefault("--seed", "42");
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--seed is '" + value + "', must be a whole number", e);
    }
  }
}
