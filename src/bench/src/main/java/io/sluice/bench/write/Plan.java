/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.write;

/**
 * How thoroughly to measure.
 *
 * @param endpointSeconds to warm up an endpoint
 * @param warmSeconds to warm up a contender
 * @param runSeconds of a measured run
 * @param rounds how often each contender's JVM is started; the median of its runs counts
 * @param skippedSeconds from the first write that do not count for the utilisation
 * @param steadySeconds that do
 * @param changeAfter seconds from the first write after which the capacity changes
 * @param memoryItems items of the section on memory
 */
public record Plan(
    double endpointSeconds,
    double warmSeconds,
    double runSeconds,
    int rounds,
    int skippedSeconds,
    int steadySeconds,
    int changeAfter,
    long memoryItems) {
  public static Plan full() {
    return new Plan(5, 8, 5, 1, 12, 24, 20, 1_000_000);
  }

  /** Shows that everything works, but gives no reliable figures. */
  public static Plan quick() {
    return new Plan(1, 1, 1, 1, 3, 6, 8, 50_000);
  }
}
