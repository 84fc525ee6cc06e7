/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.scaling;

import io.sluice.localaws.dynamodb.schema.BillingMode;
import io.sluice.localaws.dynamodb.schema.TableDefinition;
import io.sluice.localaws.dynamodb.schema.Throughput;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.throttle.Direction;
import io.sluice.localaws.dynamodb.throttle.Throttle;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Has provisioned throughput follow its use. It measures what requests are charged for, so capacity
 * must be enforced, and begins anew when that is forgotten; and it acts when a request comes, which
 * nobody can tell from a clock.
 */
final class AutoScaler {

  private static final System.Logger LOG = System.getLogger(AutoScaler.class.getName());
  private static final long NANOS = 1_000_000_000L;

  private final Tables tables;
  private final Throttle throttle;
  private final InstantSource clock;
  private final ScalingSettings settings;
  private final Map<Dimension, Scalable> scalables = new LinkedHashMap<>();
  private final Map<Dimension, Policy> policies = new LinkedHashMap<>();
  private final Map<Dimension, Tracker> trackers = new LinkedHashMap<>();
  private long periodEnd;
  private long resets;

  AutoScaler(Tables tables, Throttle throttle, InstantSource clock, ScalingSettings settings) {
    this.tables = tables;
    this.throttle = throttle;
    this.clock = clock;
    this.settings = settings;
  }

  Instant now() {
    return clock.instant();
  }

  private long nanos() {
    Instant now = clock.instant();
    return now.getEpochSecond() * NANOS + now.getNano();
  }

  synchronized void register(Scalable scalable) {
    provisioned(scalable.dimension());
    scalables.put(scalable.dimension(), scalable);
  }

  synchronized void deregister(Dimension dimension) {
    find(dimension, "found");
    scalables.remove(dimension);
    policies.remove(dimension);
    trackers.remove(dimension);
  }

  synchronized void put(Policy policy) {
    Dimension dimension = policy.dimension();
    find(dimension, "registered");
    if (!throttle.settings().enforced()) {
      throw DynamoDbException.validation(
          "Scaling policies need enforced capacity, by which this server measures the use");
    }
    if (trackers.isEmpty()) {
      periodEnd = nanos() + settings.period().toNanos();
    }
    policies.put(dimension, policy);
    trackers.put(dimension, new Tracker(taken(dimension)));
  }

  synchronized void delete(Dimension dimension, String name) {
    if (!policies.containsKey(dimension) || !policies.get(dimension).name().equals(name)) {
      throw DynamoDbException.of(
          "ObjectNotFoundException",
          "No scaling policy found for service namespace: dynamodb, resource ID: "
              + dimension.resource()
              + ", scalable dimension: "
              + dimension.name()
              + ", policy name: "
              + name);
    }
    policies.remove(dimension);
    trackers.remove(dimension);
  }

  synchronized List<Scalable> scalables() {
    return new ArrayList<>(scalables.values());
  }

  synchronized List<Policy> policies() {
    return new ArrayList<>(policies.values());
  }

  private void find(Dimension dimension, String word) {
    if (!scalables.containsKey(dimension)) {
      throw DynamoDbException.of(
          "ObjectNotFoundException",
          "No scalable target "
              + word
              + " for service namespace: dynamodb, resource ID: "
              + dimension.resource()
              + ", scalable dimension: "
              + dimension.name());
    }
  }

  /** Ends the periods that are over, and scales what is to be scaled. */
  synchronized void tick() {
    if (trackers.isEmpty()) {
      return;
    }
    if (throttle.resets() != resets || !throttle.settings().enforced()) {
      beginAnew();
    }
    long now = nanos();
    while (periodEnd <= now) {
      for (Policy policy : List.copyOf(policies.values())) {
        end(policy, periodEnd);
      }
      periodEnd += settings.period().toNanos();
    }
  }

  private void beginAnew() {
    resets = throttle.resets();
    periodEnd = nanos() + settings.period().toNanos();
    for (Dimension dimension : List.copyOf(trackers.keySet())) {
      if (existing(dimension).isPresent()) {
        trackers.put(dimension, new Tracker(taken(dimension)));
      }
    }
  }

  private void end(Policy policy, long now) {
    Dimension dimension = policy.dimension();
    Optional<Throughput> provisioned = existing(dimension);
    if (provisioned.isEmpty()) {
      // The table has been deleted, or is on demand now: there is nothing to scale.
      policies.remove(dimension);
      trackers.remove(dimension);
      return;
    }
    try {
      long units = units(provisioned.get(), dimension.direction());
      OptionalLong wanted =
          trackers
              .get(dimension)
              .end(taken(dimension), units, scalables.get(dimension), policy, settings, now);
      if (wanted.isPresent()) {
        scale(dimension, provisioned.get(), wanted.getAsLong());
      }
    } catch (DynamoDbException e) {
      LOG.log(
          Level.WARNING,
          () -> "cannot scale " + dimension.resource() + " this time: " + e.getMessage());
    }
  }

  private static long units(Throughput throughput, Direction direction) {
    return direction == Direction.READ ? throughput.read() : throughput.write();
  }

  private double taken(Dimension dimension) {
    return throttle.taken(tables.get(dimension.table()), dimension.index(), dimension.direction());
  }

  /** Gives what is provisioned, if there is a table or an index that has it. */
  private Optional<Throughput> existing(Dimension dimension) {
    try {
      return Optional.of(provisioned(dimension));
    } catch (DynamoDbException e) {
      return Optional.empty();
    }
  }

  private Throughput provisioned(Dimension dimension) {
    TableDefinition table = tables.get(dimension.table()).definition();
    Optional<Throughput> throughput =
        dimension.index().isEmpty()
            ? Optional.of(table.throughput())
            : table.index(dimension.index().get()).map(index -> index.throughput());
    if (throughput.isEmpty() || table.billing() != BillingMode.PROVISIONED) {
      throw DynamoDbException.validation(
          "DynamoDB table or index does not have provisioned throughput: " + dimension.resource());
    }
    return throughput.get();
  }

  /** Updates the table as anybody would. */
  private void scale(Dimension dimension, Throughput now, long units) {
    boolean isRead = dimension.direction() == Direction.READ;
    Map<String, Object> throughput =
        Map.of(
            "ReadCapacityUnits",
            BigDecimal.valueOf(isRead ? units : now.read()),
            "WriteCapacityUnits",
            BigDecimal.valueOf(isRead ? now.write() : units));
    Table table = tables.get(dimension.table());
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("TableName", table.definition().name());
    if (dimension.index().isEmpty()) {
      request.put("ProvisionedThroughput", throughput);
    } else {
      request.put(
          "GlobalSecondaryIndexUpdates",
          List.of(
              Map.of(
                  "Update",
                  Map.of(
                      "IndexName", dimension.index().get(), "ProvisionedThroughput", throughput))));
    }
    tables.update(request);
  }
}
