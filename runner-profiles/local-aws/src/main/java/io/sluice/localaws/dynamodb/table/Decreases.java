/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import io.sluice.localaws.dynamodb.schema.BillingMode;
import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.schema.TableDefinition;
import io.sluice.localaws.dynamodb.schema.Throughput;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Counts how often the provisioned throughput of a table and of each of its global indexes falls in
 * a day, by UTC, and refuses what the quotas of the developer guide do: four at any time, then one
 * an hour. The counts are not kept when the server ends. Not safe for several threads at once.
 */
final class Decreases {

  private static final int FREE = 4;
  private static final Duration PAUSE = Duration.ofHours(1);

  /** The table itself, which has no name here. */
  private static final String TABLE = "";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEEE, MMMM d, yyyy h:mm:ss a 'UTC'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final Map<String, Lane> lanes = new HashMap<>();

  /** Says how often it fell on the day of the last time, and when that was. */
  record Lane(int count, Instant last) {
    int countOn(Instant now) {
      return day(last) == day(now) ? count : 0;
    }

    private static long day(Instant time) {
      return Math.floorDiv(time.getEpochSecond(), Duration.ofDays(1).toSeconds());
    }
  }

  /** Gives what is counted of an index, or of the table, if it ever fell. */
  Optional<Lane> of(Optional<String> index) {
    return Optional.ofNullable(lanes.get(index.orElse(TABLE)));
  }

  /**
   * Counts what falls from one definition to the next.
   *
   * @throws DynamoDbException a LimitExceededException if something must not fall; then nothing is
   *     counted
   */
  void count(TableDefinition before, TableDefinition after, Instant now) {
    if (before.billing() != BillingMode.PROVISIONED || after.billing() != BillingMode.PROVISIONED) {
      return;
    }
    Map<String, Lane> fallen = new LinkedHashMap<>();
    count(TABLE, before.throughput(), after.throughput(), now, fallen);
    for (IndexDefinition index : after.indexes(IndexDefinition.Kind.GLOBAL)) {
      before
          .index(index.name())
          .ifPresent(old -> count(index.name(), old.throughput(), index.throughput(), now, fallen));
    }
    lanes.putAll(fallen);
  }

  private void count(
      String name, Throughput before, Throughput after, Instant now, Map<String, Lane> fallen) {
    if (after.read() >= before.read() && after.write() >= before.write()) {
      return;
    }
    Lane lane = lanes.get(name);
    int today = lane == null ? 0 : lane.countOn(now);
    if (today >= FREE && lane.last().plus(PAUSE).isAfter(now)) {
      throw DynamoDbException.of(
          "LimitExceededException",
          "Subscriber limit exceeded: Provisioned throughput decreases are limited within a given "
              + "UTC day. After the first 4 decreases, each subsequent decrease in the same UTC "
              + "day can be performed at most once every 3600 seconds. Number of decreases today: "
              + today
              + ". Last decrease at "
              + TIME.format(lane.last())
              + ". Next decrease can be made at "
              + TIME.format(lane.last().plus(PAUSE)));
    }
    fallen.put(name, new Lane(today + 1, now));
  }
}
