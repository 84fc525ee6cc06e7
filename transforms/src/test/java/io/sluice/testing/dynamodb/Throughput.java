/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.dynamodb;

/**
 * The capacity that a table really has, whatever it says. Unused capacity of a limit is saved; a
 * request is taken as long as anything is left.
 *
 * @param writePerSecond write units of the table; infinity for no limit
 * @param readPerSecond read units of the table; infinity for no limit
 * @param partitionWritePerSecond write units of each partition; infinity for no limit
 * @param burstSeconds for how many seconds unused capacity is saved, at least 1; all of that is
 *     there at the beginning
 */
public record Throughput(
    double writePerSecond,
    double readPerSecond,
    double partitionWritePerSecond,
    double burstSeconds) {
  public static final double UNLIMITED = Double.POSITIVE_INFINITY;

  /** No limits, and a second of burst for those that are set later. */
  public static Throughput unlimited() {
    return new Throughput(UNLIMITED, UNLIMITED, UNLIMITED, 1);
  }

  public Throughput withWrite(double perSecond) {
    return new Throughput(perSecond, readPerSecond, partitionWritePerSecond, burstSeconds);
  }

  public Throughput withRead(double perSecond) {
    return new Throughput(writePerSecond, perSecond, partitionWritePerSecond, burstSeconds);
  }

  public Throughput withPartitionWrite(double perSecond) {
    return new Throughput(writePerSecond, readPerSecond, perSecond, burstSeconds);
  }

  public Throughput withBurstSeconds(double seconds) {
    return new Throughput(writePerSecond, readPerSecond, partitionWritePerSecond, seconds);
  }
}
