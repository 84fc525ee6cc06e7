/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;

/**
 * A table on virtual time, with its own books, and clients that ask a throttle as fast as it lets
 * them. It knows nothing of the throttle's arithmetic: each second its lanes get their units,
 * unused units are kept for some minutes, and an item is written when no lane is empty.
 */
final class SimulatedTable {
  static final long SECOND = 1_000_000_000;
  private static final int ITEMS = 25;

  /** The developer guide, "Burst and adaptive capacity". None of it is there at the start. */
  private static final double BURST_SECONDS = 300;

  private record Event(long at, Runnable what) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at));
  private final Map<String, Double> capacity = new HashMap<>();
  private final Map<String, Double> balance = new HashMap<>();
  private final List<String> lanes;
  private final Map<String, Double> perEstimate;
  private final double batchEstimate;
  private final Random random;
  private final Throttle throttle = new Throttle(() -> now());
  private final Queue<Double> waiting = new ArrayDeque<>();
  private long nextWake = Long.MAX_VALUE;
  private long now;
  private long filled;
  private long requests;
  private double asked;
  private double refused;
  private double used;

  /**
   * A table whose requests take, for each unit of their estimates, a given number of units of each
   * lane.
   *
   * @param batchEstimate the mean estimate of a batch of 25 items
   * @param clients how many requests are in flight at once when nothing keeps them waiting
   */
  SimulatedTable(
      Map<String, Double> capacity,
      Map<String, Double> perEstimate,
      double batchEstimate,
      int clients,
      long seed) {
    this.lanes = List.copyOf(capacity.keySet());
    this.capacity.putAll(capacity);
    this.perEstimate = perEstimate;
    this.batchEstimate = batchEstimate;
    this.random = new Random(seed);
    for (int i = 0; i < clients; i++) {
      ask();
    }
  }

  private long now() {
    return now;
  }

  Throttle throttle() {
    return throttle;
  }

  /** Changes the table's capacity without telling anybody, and clears what it saved up. */
  void set(Map<String, Double> units) {
    fill();
    capacity.putAll(units);
    balance.replaceAll((lane, saved) -> Math.min(saved, 0));
  }

  /**
   * The measurements of some seconds.
   *
   * @param use units of the table a second
   * @param refusedShare the refused part of the units that were asked for
   * @param requests how many were sent
   */
  record Seen(double use, double refusedShare, long requests) {}

  Seen run(double seconds) {
    asked = 0;
    refused = 0;
    used = 0;
    requests = 0;
    long end = now + (long) (seconds * SECOND);
    while (events.element().at() <= end) {
      Event event = events.remove();
      now = event.at();
      event.what().run();
    }
    now = end;
    return new Seen(used / seconds, asked == 0 ? 0 : refused / asked, requests);
  }

  private void after(long nanos, Runnable what) {
    events.add(new Event(now + nanos, what));
  }

  private void ask() {
    double estimate = batchEstimate * (0.5 + random.nextDouble());
    after(0, () -> ask(estimate));
  }

  private void ask(double estimate) {
    long wait = begin(estimate);
    if (wait > 0) {
      waiting.add(estimate);
      wakeIn(wait);
    }
  }

  /** Sends a request, if it may be sent; else says for how long to wait. */
  private long begin(double estimate) {
    Throttle.Grant grant = throttle.tryAcquire(estimate);
    if (grant.granted()) {
      after(latency(), () -> serve(estimate, grant));
    }
    return grant.waitNanos();
  }

  /** One asks for all that wait: of the others, each would be told the same. */
  private void wakeIn(long nanos) {
    long at = now + nanos;
    if (at < nextWake) {
      nextWake = at;
      after(
          nanos,
          () -> {
            // Else one that was to be earlier was set behind this.
            if (nextWake == at) {
              nextWake = Long.MAX_VALUE;
              wake();
            }
          });
    }
  }

  private void wake() {
    while (!waiting.isEmpty()) {
      long wait = begin(waiting.element());
      if (wait > 0) {
        wakeIn(wait);
        return;
      }
      waiting.remove();
    }
  }

  private long latency() {
    return 2_000_000L + random.nextInt(8_000_000);
  }

  private void serve(double estimate, Throttle.Grant grant) {
    fill();
    // Not by the map: these are most of the steps of a simulation.
    double[] left = new double[lanes.size()];
    double[] units = new double[lanes.size()];
    for (int i = 0; i < left.length; i++) {
      left[i] = balance.get(lanes.get(i));
      units[i] = estimate / ITEMS * perEstimate.getOrDefault(lanes.get(i), 0.0);
    }
    int done = 0;
    while (done < ITEMS && allPositive(left)) {
      for (int i = 0; i < left.length; i++) {
        left[i] -= units[i];
      }
      done++;
    }
    Map<String, Double> took = new HashMap<>();
    for (int i = 0; i < left.length; i++) {
      balance.put(lanes.get(i), left[i]);
      took.put(lanes.get(i), done * units[i]);
    }
    double unprocessed = estimate * (ITEMS - done) / ITEMS;
    requests++;
    asked += estimate;
    refused += unprocessed;
    used += took.getOrDefault(Throttle.TABLE, 0.0);
    int processed = done;
    after(
        latency(),
        () -> {
          if (processed == 0) {
            grant.throttled();
          } else {
            grant.settle(took, unprocessed);
          }
          ask();
        });
  }

  private static boolean allPositive(double[] units) {
    for (double some : units) {
      if (some <= 0) {
        return false;
      }
    }
    return true;
  }

  private void fill() {
    double seconds = (now - filled) / (double) SECOND;
    filled = now;
    capacity.forEach(
        (lane, units) ->
            balance.merge(
                lane, units * seconds, (old, more) -> Math.min(old + more, units * BURST_SECONDS)));
  }
}
