/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.throttle;

import io.sluice.localaws.dynamodb.schema.BillingMode;
import io.sluice.localaws.dynamodb.schema.Throughput;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Holds the capacity of a table or of a global index. Not safe for several threads at once.
 *
 * <p>What is provisioned, or the maximum on demand, or the account's quota, is a bucket that saves
 * 300 s of unused capacity, as "Burst and adaptive capacity" in the developer guide has it.
 * Partitions come on top: enough for the provisioned units, or on demand for the warm throughput,
 * which grows as they split.
 */
final class ResourceCapacity {

  private final Reason.Kind kind;
  private final String name;
  private final String arn;
  private final TokenBucket read;
  private final TokenBucket write;
  private final Partitions partitions;
  private BillingMode billing;
  private Throughput throughput;
  private CapacitySettings settings;
  private double readUnits;
  private double writeUnits;

  /**
   * Starts with what the settings say that is saved.
   *
   * @param name of the table, or {@code table/index}
   */
  ResourceCapacity(
      Reason.Kind kind,
      String name,
      String arn,
      BillingMode billing,
      Throughput throughput,
      CapacitySettings settings,
      long now) {
    this.kind = kind;
    this.name = name;
    this.arn = arn;
    this.billing = billing;
    this.throughput = throughput;
    this.settings = settings;
    this.read = new TokenBucket(perSecond(Direction.READ), burst(), saved(), now);
    this.write = new TokenBucket(perSecond(Direction.WRITE), burst(), saved(), now);
    this.partitions = new Partitions(partitionsNeeded(), settings, now);
  }

  /** Has this capacity from now on; what was saved of the old one stays, up to the new limits. */
  void change(
      BillingMode newBilling, Throughput newThroughput, CapacitySettings newSettings, long now) {
    billing = newBilling;
    throughput = newThroughput;
    settings = newSettings;
    read.change(perSecond(Direction.READ), burst(), now);
    write.change(perSecond(Direction.WRITE), burst(), now);
    partitions.change(settings, now);
    partitions.grow(partitionsNeeded(), settings, now);
  }

  /**
   * Finds what there is not enough of.
   *
   * @param hash of the partition key; empty for a read that found nothing
   */
  Optional<Reason> missing(Direction direction, OptionalLong hash, long now) {
    if (!bucket(direction).hasUnits(now)) {
      return Optional.of(reason(direction, limitOf(direction)));
    }
    if (hash.isPresent()
        && isPartitioned(direction)
        && !partitions.hasUnits(direction, hash.getAsLong(), settings, now)) {
      return Optional.of(reason(direction, Reason.Limit.KEY_RANGE));
    }
    return Optional.empty();
  }

  void take(Direction direction, OptionalLong hash, double units) {
    bucket(direction).take(units);
    if (direction == Direction.READ) {
      readUnits += units;
    } else {
      writeUnits += units;
    }
    if (hash.isPresent() && isPartitioned(direction)) {
      partitions.take(direction, hash.getAsLong(), units);
    }
  }

  /** Gives all units that were ever taken. */
  double taken(Direction direction) {
    return direction == Direction.READ ? readUnits : writeUnits;
  }

  int partitions() {
    return partitions.count();
  }

  private TokenBucket bucket(Direction direction) {
    return direction == Direction.READ ? read : write;
  }

  private double burst() {
    return settings.burst().toNanos() / 1e9;
  }

  private double saved() {
    return settings.saved().toNanos() / 1e9;
  }

  private double perSecond(Direction direction) {
    OptionalDouble override = override(direction);
    if (override.isPresent()) {
      return override.getAsDouble();
    }
    boolean isRead = direction == Direction.READ;
    if (billing == BillingMode.PROVISIONED) {
      return isRead ? throughput.read() : throughput.write();
    }
    long max = isRead ? throughput.maxRead() : throughput.maxWrite();
    return max > 0 ? Math.min(max, settings.account(direction)) : settings.account(direction);
  }

  private Reason.Limit limitOf(Direction direction) {
    if (billing == BillingMode.PROVISIONED) {
      return Reason.Limit.PROVISIONED;
    }
    if (override(direction).isPresent()) {
      return Reason.Limit.KEY_RANGE;
    }
    long max = direction == Direction.READ ? throughput.maxRead() : throughput.maxWrite();
    return max > 0 && max <= settings.account(direction)
        ? Reason.Limit.MAX_ON_DEMAND
        : Reason.Limit.ACCOUNT;
  }

  /** Lets what has no limit at all have none of its partitions, either. */
  private boolean isPartitioned(Direction direction) {
    return !Double.isInfinite(perSecond(direction));
  }

  private OptionalDouble override(Direction direction) {
    CapacitySettings.Limit limit = settings.limit(name);
    return direction == Direction.READ ? limit.read() : limit.write();
  }

  private int partitionsNeeded() {
    double needed =
        Math.max(
            throughput.takesRead() / settings.partitionRead(),
            throughput.takesWrite() / settings.partitionWrite());
    return (int) Math.max(1, Math.min(10_000, Math.ceil(needed)));
  }

  private Reason reason(Direction direction, Reason.Limit limit) {
    return new Reason(kind, direction, limit, arn);
  }
}
