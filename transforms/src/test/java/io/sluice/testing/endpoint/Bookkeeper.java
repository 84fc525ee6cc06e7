/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Keeps the {@link Books}. */
final class Bookkeeper {
  private static final long NANOS = 1_000_000_000L;

  private final LongSupplier clock;
  private final List<SimulatedIndex> indexes;
  private final Map<String, Map<String, Long>> requests = new HashMap<>();
  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private long start;
  private long accepted;
  private long unheard;
  private long unprocessed;
  private long throttled;
  private long refused;
  private long read;
  private final double[] indexUnits;
  private double[] writeUnits = new double[64];
  private double[] readUnits = new double[64];
  private int requestsNow;
  private int requestsAtOnce;
  private int connectionsNow;
  private long connections;

  Bookkeeper(List<SimulatedIndex> indexes, LongSupplier clock) {
    this.indexes = indexes;
    this.clock = clock;
    this.indexUnits = new double[indexes.size()];
    this.start = clock.getAsLong();
  }

  synchronized void connected() {
    connections++;
    connectionsNow++;
  }

  synchronized void disconnected() {
    connectionsNow--;
  }

  synchronized void began() {
    requestsNow++;
    requestsAtOnce = Math.max(requestsAtOnce, requestsNow);
  }

  synchronized void ended() {
    requestsNow--;
  }

  synchronized void request(String operation, String outcome) {
    requests.computeIfAbsent(operation, o -> new HashMap<>()).merge(outcome, 1L, Long::sum);
  }

  synchronized void fault(Fault fault) {
    faults.merge(fault, 1L, Long::sum);
  }

  synchronized void refused(int items) {
    refused += items;
  }

  synchronized void throttled(int items) {
    throttled += items;
  }

  synchronized void written(Taken taken, boolean heard) {
    accepted += taken.items();
    unheard += heard ? 0 : taken.items();
    unprocessed += taken.unprocessed().size();
    int second = second();
    writeUnits = upTo(writeUnits, second);
    writeUnits[second] += taken.units();
    for (int i = 0; i < indexUnits.length; i++) {
      indexUnits[i] += taken.indexUnits()[i];
    }
  }

  synchronized void read(int items, double units) {
    read += items;
    int second = second();
    readUnits = upTo(readUnits, second);
    readUnits[second] += units;
  }

  private int second() {
    return (int) ((clock.getAsLong() - start) / NANOS);
  }

  private static double[] upTo(double[] units, int second) {
    return second < units.length ? units : Arrays.copyOf(units, second * 2);
  }

  /** Begins anew; what is open or under way stays so. */
  synchronized void reset() {
    requests.clear();
    faults.clear();
    start = clock.getAsLong();
    accepted = 0;
    unheard = 0;
    unprocessed = 0;
    throttled = 0;
    refused = 0;
    read = 0;
    Arrays.fill(indexUnits, 0);
    writeUnits = new double[64];
    readUnits = new double[64];
    requestsAtOnce = requestsNow;
    connections = connectionsNow;
  }

  synchronized Books books(long stored) {
    Map<String, Map<String, Long>> requestsCopy = new TreeMap<>();
    requests.forEach((operation, outcomes) -> requestsCopy.put(operation, new TreeMap<>(outcomes)));
    Map<String, Double> indexCopy = new TreeMap<>();
    for (int i = 0; i < indexUnits.length; i++) {
      indexCopy.put(indexes.get(i).name(), indexUnits[i]);
    }
    int second = second();
    return new Books(
        (clock.getAsLong() - start) / (double) NANOS,
        requestsCopy,
        new EnumMap<>(faults),
        accepted,
        unheard,
        stored,
        unprocessed,
        throttled,
        refused,
        read,
        Arrays.stream(writeUnits).sum(),
        indexCopy,
        Arrays.stream(readUnits).sum(),
        list(writeUnits, second),
        list(readUnits, second),
        requestsNow,
        requestsAtOnce,
        connectionsNow,
        connections);
  }

  private static List<Double> list(double[] units, int lastSecond) {
    List<Double> list = new ArrayList<>(lastSecond + 1);
    for (int i = 0; i <= lastSecond; i++) {
      list.add(i < units.length ? units[i] : 0.0);
    }
    return list;
  }
}
