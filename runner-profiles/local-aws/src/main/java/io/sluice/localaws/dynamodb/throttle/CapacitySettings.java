/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.throttle;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Says how capacity is enforced; the defaults are those of the service.
 *
 * @param enforced whether requests are throttled at all
 * @param burst how much unused capacity of a table or an index is saved, at least a second of it
 * @param saved how much a new table or index has saved, at most its burst. The service does not
 *     say; what is new has not been unused.
 * @param partitionRead read units a second of each partition
 * @param partitionWrite write units a second of each partition
 * @param splitAfter how long a partition must be throttled until it splits in two. The service does
 *     not say; minutes are what people see.
 * @param accountRead read units a second of each table or index on demand
 * @param accountWrite write units a second of each table or index on demand
 * @param limits what tables (by name) and global indexes (by {@code table/index}) really take, in
 *     place of what they say of themselves
 */
public record CapacitySettings(
    boolean enforced,
    Duration burst,
    Duration saved,
    double partitionRead,
    double partitionWrite,
    Duration splitAfter,
    double accountRead,
    double accountWrite,
    Map<String, Limit> limits) {

  /** Stands for no limit. */
  public static final double UNLIMITED = Double.POSITIVE_INFINITY;

  /** Throttles nothing, and has the service's limits for when it is told to. */
  public static final CapacitySettings OFF =
      new CapacitySettings(
          false,
          Duration.ofSeconds(300),
          Duration.ofSeconds(1),
          3000,
          1000,
          Duration.ofMinutes(2),
          40_000,
          40_000,
          Map.of());

  /** Enforces the capacity of tables as the service does. */
  public static final CapacitySettings ENFORCED = OFF.enforcing();

  /**
   * Replaces what a table or an index says of its capacity.
   *
   * @param read units a second; infinity for no limit, empty for what the table says
   * @param write units a second; infinity for no limit, empty for what the table says
   */
  public record Limit(OptionalDouble read, OptionalDouble write) {

    public Limit {
      read.ifPresent(units -> check("read", units));
      write.ifPresent(units -> check("write", units));
    }
  }

  public CapacitySettings {
    if (burst.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("burst is " + burst + ", must be at least a second");
    }
    if (saved.isNegative()) {
      throw new IllegalArgumentException("saved is " + saved + ", must not be negative");
    }
    if (splitAfter.isNegative()) {
      throw new IllegalArgumentException("splitAfter is " + splitAfter + ", must not be negative");
    }
    check("partitionRead", partitionRead);
    check("partitionWrite", partitionWrite);
    check("accountRead", accountRead);
    check("accountWrite", accountWrite);
    limits = Map.copyOf(limits);
  }

  private static void check(String name, double units) {
    if (!(units >= 0)) {
      throw new IllegalArgumentException(name + " is " + units + ", must be 0 or more");
    }
  }

  /** Starts to throttle. */
  public CapacitySettings enforcing() {
    return new CapacitySettings(
        true,
        burst,
        saved,
        partitionRead,
        partitionWrite,
        splitAfter,
        accountRead,
        accountWrite,
        limits);
  }

  /** Replaces the time for which unused capacity is saved. */
  public CapacitySettings withBurst(Duration newBurst) {
    return new CapacitySettings(
        enforced,
        newBurst,
        saved,
        partitionRead,
        partitionWrite,
        splitAfter,
        accountRead,
        accountWrite,
        limits);
  }

  /** Replaces what a new table or index has saved. */
  public CapacitySettings withSaved(Duration newSaved) {
    return new CapacitySettings(
        enforced,
        burst,
        newSaved,
        partitionRead,
        partitionWrite,
        splitAfter,
        accountRead,
        accountWrite,
        limits);
  }

  /** Replaces the units of a partition, and how long it must be throttled until it splits. */
  public CapacitySettings withPartitions(double read, double write, Duration newSplitAfter) {
    return new CapacitySettings(
        enforced, burst, saved, read, write, newSplitAfter, accountRead, accountWrite, limits);
  }

  /** Replaces the units of tables on demand. */
  public CapacitySettings withAccount(double read, double write) {
    return new CapacitySettings(
        enforced, burst, saved, partitionRead, partitionWrite, splitAfter, read, write, limits);
  }

  /** Has a table, or {@code table/index}, take these units a second whatever it says of itself. */
  public CapacitySettings withLimit(String resource, double read, double write) {
    Map<String, Limit> more = new HashMap<>(limits);
    more.put(resource, new Limit(OptionalDouble.of(read), OptionalDouble.of(write)));
    return withLimits(more);
  }

  /** Replaces all limits of tables and indexes. */
  public CapacitySettings withLimits(Map<String, Limit> newLimits) {
    return new CapacitySettings(
        enforced,
        burst,
        saved,
        partitionRead,
        partitionWrite,
        splitAfter,
        accountRead,
        accountWrite,
        newLimits);
  }

  /** Gives the limit of a table or an index. */
  Limit limit(String resource) {
    return limits.getOrDefault(resource, new Limit(OptionalDouble.empty(), OptionalDouble.empty()));
  }

  double partition(Direction direction) {
    return direction == Direction.READ ? partitionRead : partitionWrite;
  }

  double account(Direction direction) {
    return direction == Direction.READ ? accountRead : accountWrite;
  }
}
