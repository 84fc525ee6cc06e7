/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets requests to a table through at the rate that is allowed. One per JVM and table, for all
 * threads.
 *
 * <p>A table and each of its global indexes has a lane: a token bucket, filled with the units a
 * second that this JVM may use. A request is granted when no lane is empty; it is charged what it
 * will likely take, and set right by what DynamoDB says it took. So over any time the use of a lane
 * is at most what is allowed in it + 5 s of that saved up before + what the requests in flight are
 * underestimated by. When DynamoDB refuses more than 2 %, all lanes slow down ({@link SlowDown}).
 * What it refuses is given back only when the window of about a second is over, and only towards
 * what is owed: given back at once it would be asked for again at once, faster than at any rate.
 */
public final class Throttle {
  /** The lane of the table; others have the names of the global indexes. */
  public static final String TABLE = "";

  /** So that a caller who waits sees changed rates. */
  private static final long LONGEST_WAIT_NANOS = 1_000_000_000;

  private static final long SHORTEST_WAIT_NANOS = 100_000;

  /** Of an estimate: from a smaller part that was done no ratio is learned, it may be rounding. */
  private static final double LEAST_TO_LEARN_FROM = 0.01;

  private final TimeSource time;
  private final SlowDown slowDown = new SlowDown();
  private volatile Map<String, Double> allowed = Map.of();
  private Map<String, Lane> lanes = Map.of();
  private double consumed;
  private double consumedTable;
  private long requests;
  private long throttled;

  /** A throttle that grants nothing until it is told what is allowed. */
  public Throttle(TimeSource time) {
    this.time = time;
  }

  /**
   * What the throttle did so far.
   *
   * @param allowed units a second of the table that this JVM may use now, before slowing down
   * @param consumed units that the table and its global indexes took, as DynamoDB says
   * @param consumedTable those of the table alone
   * @param requests how many were granted
   * @param throttled how many of them DynamoDB refused for the rate, in whole or in part
   * @param factor by how much requests are slowed down: 0.1 to 1, which is not at all
   */
  public record Usage(
      double allowed,
      double consumed,
      double consumedTable,
      long requests,
      long throttled,
      double factor) {}

  /**
   * Says what this JVM may use from now on. The same again costs next to nothing, so it may be said
   * before each request.
   *
   * @param unitsPerSecond by lane, 0 or more; {@link #TABLE} is among them
   * @throws IllegalArgumentException when a figure is not 0 or more, or the table has none
   */
  public void allow(Map<String, Double> unitsPerSecond) {
    if (!unitsPerSecond.equals(allowed)) {
      change(Map.copyOf(unitsPerSecond));
    }
  }

  private synchronized void change(Map<String, Double> unitsPerSecond) {
    if (!unitsPerSecond.containsKey(TABLE)) {
      throw new IllegalArgumentException(
          "unitsPerSecond " + unitsPerSecond + " must have a figure for the table");
    }
    unitsPerSecond.forEach(Throttle::check);
    long now = time.nanos();
    Map<String, Lane> changed = new HashMap<>();
    unitsPerSecond.forEach(
        (name, units) -> {
          Lane lane = lanes.get(name);
          if (lane == null) {
            lane = new Lane(units, slowDown.factor(), now);
          } else {
            lane.allow(units, slowDown.factor(), now);
          }
          changed.put(name, lane);
        });
    // Requests in flight still know the lanes that are gone, and settle with them.
    lanes = changed;
    allowed = unitsPerSecond;
  }

  private static void check(String lane, double units) {
    if (!(units >= 0 && Double.isFinite(units))) {
      throw new IllegalArgumentException(
          "unitsPerSecond " + units + " of lane '" + lane + "' must be 0 or more");
    }
  }

  /**
   * Asks for a request.
   *
   * @param estimate units of the table that it will take, above 0
   * @return granted, or how long to wait before asking again makes sense
   * @throws IllegalArgumentException when the estimate is not above 0
   */
  public synchronized Grant tryAcquire(double estimate) {
    if (!(estimate > 0 && Double.isFinite(estimate))) {
      throw new IllegalArgumentException("estimate " + estimate + " must be units above 0");
    }
    long now = time.nanos();
    closeWindow(now);
    long wait = lanes.isEmpty() ? LONGEST_WAIT_NANOS : 0;
    for (Lane lane : lanes.values()) {
      wait = Math.max(wait, lane.nanosUntilPositive(now));
    }
    if (wait > 0) {
      return new Grant(
          Math.min(LONGEST_WAIT_NANOS, Math.max(SHORTEST_WAIT_NANOS, wait)), estimate, List.of());
    }
    List<Charge> charges = new ArrayList<>(lanes.size());
    lanes.forEach((name, lane) -> charges.add(new Charge(name, lane, lane.charge(estimate, now))));
    requests++;
    return new Grant(0, estimate, charges);
  }

  private void closeWindow(long now) {
    if (slowDown.isOver(now)) {
      boolean refusedTooMuch = slowDown.close();
      for (Lane lane : lanes.values()) {
        lane.slowTo(slowDown.factor(), now);
        lane.closeWindow(refusedTooMuch, now);
      }
    }
  }

  /** What the throttle did so far. */
  public synchronized Usage usage() {
    closeWindow(time.nanos());
    return new Usage(
        allowed.getOrDefault(TABLE, 0.0),
        consumed,
        consumedTable,
        requests,
        throttled,
        slowDown.factor());
  }

  private record Charge(String name, Lane lane, double units) {}

  /**
   * A request that may be made, or the time to wait. Of a granted one exactly one of the methods
   * that end it is called, once; any other call fails with an {@link IllegalStateException}.
   */
  public final class Grant {
    private final long waitNanos;
    private final double estimate;
    private final List<Charge> charges;
    private boolean open;

    private Grant(long waitNanos, double estimate, List<Charge> charges) {
      this.waitNanos = waitNanos;
      this.estimate = estimate;
      this.charges = charges;
      this.open = waitNanos == 0;
    }

    /** Whether the request may be made. */
    public boolean granted() {
      return waitNanos == 0;
    }

    /** 0 when granted, else nanoseconds until asking makes sense: 0.1 ms to 1 s. */
    public long waitNanos() {
      return waitNanos;
    }

    /** The request was done as a whole, and took this; see {@link #settle(Map, double)}. */
    public void settle(Map<String, Double> consumedUnits) {
      settle(consumedUnits, 0);
    }

    /**
     * The request was done, in part if units are unprocessed: a batch of which some came back.
     *
     * @param consumedUnits what DynamoDB says it took, by lane; what local indexes took is the
     *     table's; a lane that is missing took nothing
     * @param unprocessedUnits the part of the estimate that came back, from 0 to the estimate
     */
    public void settle(Map<String, Double> consumedUnits, double unprocessedUnits) {
      end(Math.min(estimate, Math.max(0, unprocessedUnits)), consumedUnits);
    }

    /** DynamoDB refused the request as a whole, for the rate; it took nothing. */
    public void throttled() {
      end(estimate, Map.of());
    }

    private void end(double refusedUnits, Map<String, Double> used) {
      synchronized (Throttle.this) {
        long now = finish();
        double done = estimate - refusedUnits;
        for (Charge charge : charges) {
          double usedHere = used.getOrDefault(charge.name(), 0.0);
          double refusedHere = charge.units() * (refusedUnits / estimate);
          charge.lane().settle(charge.units() - refusedHere, usedHere, now);
          charge.lane().withhold(refusedHere);
          if (done > estimate * LEAST_TO_LEARN_FROM) {
            charge.lane().learn(done, usedHere);
          }
        }
        consumedTable += used.getOrDefault(TABLE, 0.0);
        consumed += used.values().stream().mapToDouble(units -> units).sum();
        throttled += refusedUnits > 0 ? 1 : 0;
        slowDown.answered(estimate, refusedUnits, now);
      }
    }

    /**
     * Nobody knows whether the request was done: the connection broke, or no answer came in time.
     * The charge stays, as if it had taken what it was expected to.
     */
    public void outcomeUnknown() {
      synchronized (Throttle.this) {
        finish();
      }
    }

    /** The request was refused for another reason than the rate, and took nothing. */
    public void tookNothing() {
      synchronized (Throttle.this) {
        long now = finish();
        charges.forEach(charge -> charge.lane().settle(charge.units(), 0, now));
      }
    }

    private long finish() {
      if (!open) {
        throw new IllegalStateException("a request that was not granted, or has ended already");
      }
      open = false;
      long now = time.nanos();
      closeWindow(now);
      return now;
    }
  }
}
