/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import java.util.HashMap;
import java.util.Map;

/**
 * The capacity that the table really has; what it says of itself is in {@link SimulatedTable}.
 *
 * <p>Each limit is a bucket that is full at the start: it gains its units every second, and holds
 * at most those of {@code burstSeconds}. An item is taken while there is anything in the buckets,
 * so each goes below zero by less than an item, or by less than a page of a scan.
 *
 * @param writePerSecond write units a second of the table; {@link #UNLIMITED} possible
 * @param readPerSecond read units a second of the table; {@link #UNLIMITED} possible
 * @param indexWritePerSecond write units a second of a global index; unlimited where none is given
 * @param burstSeconds the seconds of unused capacity that are saved; DynamoDB saves up to 300
 * @param partitions how many partitions share the keys by hash; 0 for no limit of a partition
 * @param partitionWritePerSecond write units a second of each partition
 * @param partitionReadPerSecond read units a second of each partition
 */
public record Throughput(
    double writePerSecond,
    double readPerSecond,
    Map<String, Double> indexWritePerSecond,
    double burstSeconds,
    int partitions,
    double partitionWritePerSecond,
    double partitionReadPerSecond) {
  public static final double UNLIMITED = Double.POSITIVE_INFINITY;

  public Throughput {
    check("writePerSecond", writePerSecond);
    check("readPerSecond", readPerSecond);
    check("burstSeconds", burstSeconds);
    check("partitions", partitions);
    check("partitionWritePerSecond", partitionWritePerSecond);
    check("partitionReadPerSecond", partitionReadPerSecond);
    indexWritePerSecond.forEach((index, units) -> check("indexWritePerSecond " + index, units));
    indexWritePerSecond = Map.copyOf(indexWritePerSecond);
  }

  private static void check(String name, double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException(name + " is " + value + ", must be 0 or more");
    }
  }

  /** No limits, and a second of burst for those that are set later. */
  public static Throughput unlimited() {
    return new Throughput(UNLIMITED, UNLIMITED, Map.of(), 1, 0, 1000, 3000);
  }

  public Throughput withWrite(double perSecond) {
    return new Throughput(
        perSecond,
        readPerSecond,
        indexWritePerSecond,
        burstSeconds,
        partitions,
        partitionWritePerSecond,
        partitionReadPerSecond);
  }

  public Throughput withRead(double perSecond) {
    return new Throughput(
        writePerSecond,
        perSecond,
        indexWritePerSecond,
        burstSeconds,
        partitions,
        partitionWritePerSecond,
        partitionReadPerSecond);
  }

  public Throughput withIndexWrite(String index, double perSecond) {
    Map<String, Double> indexes = new HashMap<>(indexWritePerSecond);
    indexes.put(index, perSecond);
    return new Throughput(
        writePerSecond,
        readPerSecond,
        indexes,
        burstSeconds,
        partitions,
        partitionWritePerSecond,
        partitionReadPerSecond);
  }

  public Throughput withBurstSeconds(double seconds) {
    return new Throughput(
        writePerSecond,
        readPerSecond,
        indexWritePerSecond,
        seconds,
        partitions,
        partitionWritePerSecond,
        partitionReadPerSecond);
  }

  /** This many partitions of 1,000 write and 3,000 read units a second, as DynamoDB's are. */
  public Throughput withPartitions(int count) {
    return withPartitions(count, 1000, 3000);
  }

  public Throughput withPartitions(int count, double writePerSecond, double readPerSecond) {
    return new Throughput(
        this.writePerSecond,
        this.readPerSecond,
        indexWritePerSecond,
        burstSeconds,
        count,
        writePerSecond,
        readPerSecond);
  }
}
