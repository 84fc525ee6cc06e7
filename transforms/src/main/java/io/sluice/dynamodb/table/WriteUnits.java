/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import io.sluice.capacity.Throttle;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * The write units of a table and of its global indexes, as they were set: provisioned, or the
 * maximum of a table on demand.
 *
 * @param arn the ARN of the table
 * @param onDemand whether the units are maxima
 * @param isActive whether neither the table nor an index is being changed
 * @param isGlobal whether the table has replicas in other regions
 * @param lanes the units by index; those of the table under {@link Throttle#TABLE}
 */
record WriteUnits(
    String arn, boolean onDemand, boolean isActive, boolean isGlobal, Map<String, Lane> lanes) {

  /** How many decreases a day there may be at any time, and in all. Source: {@link Lane}. */
  private static final long FREE_DECREASES = 4;

  private static final long MOST_DECREASES = 27;

  WriteUnits {
    lanes = Map.copyOf(lanes);
  }

  /**
   * What was set of the table or of an index. Source of the limit of decreases: "Decreasing
   * provisioned throughput" of the quotas in the DynamoDB developer guide: four at any time of a
   * day by UTC, and one more after each hour without one, 27 in all; a table and each of its
   * indexes are counted by themselves.
   *
   * @param reads the read units; 0 for a maximum that is not set
   * @param writes the write units; 0 for a maximum that is not set
   * @param decreases how many decreases there were today
   * @param lastDecrease when the last one was; null for never
   */
  record Lane(long reads, long writes, long decreases, @Nullable Instant lastDecrease) {
    /** Returns from when on it can be decreased; empty when that is possible now. */
    Optional<Instant> decreasesFrom(Instant now) {
      Instant tomorrow = now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
      if (decreases >= MOST_DECREASES) {
        return Optional.of(tomorrow);
      }
      if (decreases < FREE_DECREASES) {
        return Optional.empty();
      }
      Instant next = (lastDecrease == null ? now : lastDecrease).plus(Duration.ofHours(1));
      return next.isAfter(now)
          ? Optional.of(next.isBefore(tomorrow) ? next : tomorrow)
          : Optional.empty();
    }
  }

  static WriteUnits of(TableDescription table) {
    boolean onDemand = ReportedCapacity.isOnDemand(table);
    boolean isActive = table.tableStatus() == TableStatus.ACTIVE;
    Map<String, Lane> lanes = new TreeMap<>();
    lanes.put(
        Throttle.TABLE, lane(onDemand, table.provisionedThroughput(), table.onDemandThroughput()));
    for (GlobalSecondaryIndexDescription index : table.globalSecondaryIndexes()) {
      isActive &= index.indexStatus() == IndexStatus.ACTIVE;
      lanes.put(
          index.indexName(),
          lane(onDemand, index.provisionedThroughput(), index.onDemandThroughput()));
    }
    return new WriteUnits(table.tableArn(), onDemand, isActive, !table.replicas().isEmpty(), lanes);
  }

  private static Lane lane(
      boolean onDemand,
      @Nullable ProvisionedThroughputDescription provisioned,
      @Nullable OnDemandThroughput maximum) {
    if (onDemand || provisioned == null) {
      return new Lane(
          maximum == null ? 0 : set(maximum.maxReadRequestUnits()),
          maximum == null ? 0 : set(maximum.maxWriteRequestUnits()),
          0,
          null);
    }
    return new Lane(
        set(provisioned.readCapacityUnits()),
        set(provisioned.writeCapacityUnits()),
        set(provisioned.numberOfDecreasesToday()),
        provisioned.lastDecreaseDateTime());
  }

  /** DynamoDB reports no maximum as -1. */
  private static long set(@Nullable Long units) {
    return units == null || units < 0 ? 0 : units;
  }
}
