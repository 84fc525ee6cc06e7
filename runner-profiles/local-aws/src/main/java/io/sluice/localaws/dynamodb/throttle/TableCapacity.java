/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.throttle;

import io.sluice.localaws.dynamodb.capacity.Consumed;
import io.sluice.localaws.dynamodb.capacity.Meter;
import io.sluice.localaws.dynamodb.schema.BillingMode;
import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.schema.TableDefinition;
import io.sluice.localaws.dynamodb.schema.Throughput;
import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.store.PartitionHash;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Holds the capacity of a table and of its global indexes. */
final class TableCapacity {

  private final Table table;
  private final Map<String, ResourceCapacity> indexes = new HashMap<>();
  private final ResourceCapacity own;
  private TableDefinition definition;
  private CapacitySettings settings;

  TableCapacity(Table table, CapacitySettings settings, long now) {
    this.table = table;
    this.definition = table.definition();
    this.settings = settings;
    this.own =
        new ResourceCapacity(
            Reason.Kind.TABLE,
            definition.name(),
            table.arn(),
            definition.billing(),
            definition.throughput(),
            settings,
            now);
    changeIndexes(now);
  }

  /** Reports whether this is the capacity of {@code other}, and not of one that had its name. */
  boolean isOf(Table other) {
    return table == other;
  }

  /** Holds what is to be taken of one resource. */
  private record Charge(ResourceCapacity capacity, OptionalLong hash, double units) {}

  /**
   * Takes what a write costs of the table and of each global index that it changes, or nothing if
   * there is not enough of one of them.
   *
   * @param key as a {@link io.sluice.localaws.dynamodb.store.WriteGate} is given it
   */
  synchronized Optional<Reason> write(
      byte[] key, Change change, Consumed consumed, CapacitySettings newSettings, long now) {
    update(newSettings, now);
    return charge(Direction.WRITE, writeCharges(key, change, consumed), now);
  }

  /** Takes what a write costs, whether or not there is enough. */
  synchronized void settle(
      byte[] key, Change change, Consumed consumed, CapacitySettings newSettings, long now) {
    update(newSettings, now);
    writeCharges(key, change, consumed).forEach((name, charge) -> take(Direction.WRITE, charge));
  }

  /** Takes what a read costs, or nothing if there is not enough. */
  synchronized Optional<Reason> read(Meter.Read read, CapacitySettings newSettings, long now) {
    update(newSettings, now);
    return charge(Direction.READ, readCharges(read), now);
  }

  /** Finds what there is not enough of for a read, and takes nothing. */
  synchronized Optional<Reason> missing(Meter.Read read, CapacitySettings newSettings, long now) {
    update(newSettings, now);
    return missing(Direction.READ, readCharges(read), now);
  }

  /** Takes what a read costs, whether or not there is enough. */
  synchronized void settle(Meter.Read read, CapacitySettings newSettings, long now) {
    update(newSettings, now);
    readCharges(read).forEach((name, charge) -> take(Direction.READ, charge));
  }

  private Map<String, Charge> readCharges(Meter.Read read) {
    Map<String, Charge> charges = new LinkedHashMap<>();
    Consumed consumed = read.consumed();
    double units = consumed.units() + sum(consumed.local());
    if (units > 0) {
      charges.put("", new Charge(own, hash(definition.key(), read.first().get()), units));
    }
    consumed
        .global()
        .forEach(
            (name, more) ->
                definition
                    .index(name)
                    .filter(index -> indexes.containsKey(name))
                    .ifPresent(
                        index ->
                            charges.put(
                                name,
                                new Charge(
                                    indexes.get(name),
                                    hash(index.key(), read.first().get()),
                                    more))));
    return charges;
  }

  /** Gives all units that were ever taken of the table, or of an index. */
  synchronized double taken(Direction direction, Optional<String> index) {
    return index.isEmpty()
        ? own.taken(direction)
        : index.map(indexes::get).map(known -> known.taken(direction)).orElse(0.0);
  }

  /** Gives the number of partitions of the table, or of an index. */
  synchronized int partitions(Optional<String> index) {
    return index.map(indexes::get).orElse(own).partitions();
  }

  private Map<String, Charge> writeCharges(byte[] key, Change change, Consumed consumed) {
    Map<String, Charge> charges = new LinkedHashMap<>();
    double units = consumed.units() + sum(consumed.local());
    charges.put("", new Charge(own, OptionalLong.of(PartitionHash.ofKey(key)), units));
    for (Map.Entry<String, Double> entry : consumed.global().entrySet()) {
      Optional<IndexDefinition> index = definition.index(entry.getKey());
      ResourceCapacity capacity = indexes.get(entry.getKey());
      if (index.isPresent() && capacity != null) {
        charges.put(
            entry.getKey(),
            new Charge(capacity, changed(index.get().key(), change), entry.getValue()));
      }
    }
    return charges;
  }

  /** Finds the place of an item in an index after the write, or before it if there is none then. */
  private static OptionalLong changed(KeySchema schema, Change change) {
    OptionalLong after = hash(schema, change.after());
    return after.isPresent() ? after : hash(schema, change.before());
  }

  private static Optional<Reason> charge(
      Direction direction, Map<String, Charge> charges, long now) {
    Optional<Reason> missing = missing(direction, charges, now);
    if (missing.isEmpty()) {
      charges.values().forEach(charge -> take(direction, charge));
    }
    return missing;
  }

  private static Optional<Reason> missing(
      Direction direction, Map<String, Charge> charges, long now) {
    for (Charge charge : charges.values()) {
      Optional<Reason> missing = charge.capacity.missing(direction, charge.hash, now);
      if (missing.isPresent()) {
        return missing;
      }
    }
    return Optional.empty();
  }

  private static void take(Direction direction, Charge charge) {
    charge.capacity.take(direction, charge.hash, charge.units);
  }

  private static OptionalLong hash(KeySchema schema, Optional<Map<String, Value>> item) {
    return item.isPresent() && item.get().keySet().containsAll(schema.names())
        ? OptionalLong.of(PartitionHash.of(schema, item.get()))
        : OptionalLong.empty();
  }

  private static double sum(Map<String, Double> units) {
    double sum = 0;
    for (double more : units.values()) {
      sum += more;
    }
    return sum;
  }

  private void update(CapacitySettings newSettings, long now) {
    TableDefinition newDefinition = table.definition();
    if (newDefinition != definition || newSettings != settings) {
      definition = newDefinition;
      settings = newSettings;
      own.change(definition.billing(), definition.throughput(), settings, now);
      changeIndexes(now);
    }
  }

  private void changeIndexes(long now) {
    indexes.keySet().removeIf(name -> definition.index(name).isEmpty());
    BillingMode billing = definition.billing();
    for (IndexDefinition index : definition.indexes(IndexDefinition.Kind.GLOBAL)) {
      Throughput throughput = index.throughput();
      ResourceCapacity known = indexes.get(index.name());
      if (known != null) {
        known.change(billing, throughput, settings, now);
      } else {
        indexes.put(
            index.name(),
            new ResourceCapacity(
                Reason.Kind.INDEX,
                definition.name() + "/" + index.name(),
                table.arn() + "/index/" + index.name(),
                billing,
                throughput,
                settings,
                now));
      }
    }
  }
}
