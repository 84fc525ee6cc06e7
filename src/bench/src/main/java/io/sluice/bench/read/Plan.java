/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.read;

/**
 * The table to read, and how thoroughly to measure.
 *
 * @param endpointSeconds to warm up an endpoint
 * @param items of the table
 * @param itemBytes the size of an item, as DynamoDB counts it
 * @param attributes how many an item has besides its key
 * @param rounds how often each contender reads a table, each time in a new JVM
 */
public record Plan(double endpointSeconds, long items, int itemBytes, int attributes, int rounds) {
  private static final Plan FULL = new Plan(5, 1_000_000, 200, 9, 3);

  /** Shows that everything works, but gives no reliable figures. */
  private static final Plan QUICK = new Plan(1, 50_000, 200, 9, 1);

  public Plan {
    if (items < 1 || rounds < 1) {
      throw new IllegalArgumentException(
          items + " items and " + rounds + " rounds, must be at least 1");
    }
  }

  /** Parses the arguments that begin with two hyphens; each applies from there on. */
  public static Plan of(String... args) {
    Plan plan = FULL;
    for (String arg : args) {
      if (arg.startsWith("--")) {
        plan = plan.with(arg);
      }
    }
    return plan;
  }

  private Plan with(String option) {
    String[] parts = option.split("=", 2);
    String value = parts[parts.length - 1];
    return switch (parts[0]) {
      case "--quick" -> QUICK;
      case "--items" ->
          new Plan(endpointSeconds, Long.parseLong(value), itemBytes, attributes, rounds);
      case "--itemBytes" ->
          new Plan(endpointSeconds, items, Integer.parseInt(value), attributes, rounds);
      case "--attributes" ->
          new Plan(endpointSeconds, items, itemBytes, Integer.parseInt(value), rounds);
      case "--rounds" ->
          new Plan(endpointSeconds, items, itemBytes, attributes, Integer.parseInt(value));
      default -> throw new IllegalArgumentException("there is no option " + option);
    };
  }

  /** Describes an item. */
  String item() {
    return itemBytes + " bytes, " + (1 + attributes) + " attributes";
  }
}
