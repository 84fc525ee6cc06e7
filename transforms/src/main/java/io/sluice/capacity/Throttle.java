/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Grants requests to a table at the allowed rate. There is one per JVM and table, for all threads.
 *
 * <p>A table and each of its global indexes has a lane: a token bucket, filled with the units a
 * second that this JVM may use. A request is granted when no lane is empty. It is charged the units
 * that it is expected to take, and the charge is corrected by what DynamoDB says it took. So over
 * any period the use of a lane is at most what is allowed in it, plus 5 s of that saved up before
 * ({@link #steady}: 0.05 s), plus the amount by which requests in flight are underestimated. When
 * DynamoDB refuses more than 2 %, all lanes slow down ({@link SlowDown}). Refused units are given
 * back only when the window of about a second closes, and only towards a debt: given back at once,
 * they would be asked for again at once, faster than at any rate.
 */
public final class Throttle {
  /** The lane of the table; others have the names of the global indexes. */
  public static final String TABLE = "";

  /** How long unused units are kept; emr-dynamodb-connector has the same. */
  static final double BURST_SECONDS = 5;

  /** What one JVM saves up, others use at the same time; this makes up for late threads. */
  static final double STEADY_SECONDS = 0.05;

  /** Bounds a wait so that a caller who waits notices changed rates. */
  private static final long LONGEST_WAIT_NANOS = 1_000_000_000;

  private static final long STEADY_WAIT_NANOS = 50_000_000;
  private static final long SHORTEST_WAIT_NANOS = 100_000;

  /** The least part of an estimate to learn a ratio from: the units of less may be rounding. */
  private static final double LEAST_TO_LEARN_FROM = 0.01;

  private final TimeSource time;
  private final SlowDown slowDown = new SlowDown();
  private final Lanes lanes;
  private final long longestWait;
  private Map<String, Double> allowed = Map.of();
  private double consumed;
  private double consumedTable;
  private long requests;
  private long throttled;
  private long waits;

  /** A throttle that grants nothing until {@link #allow} is called. */
  public Throttle(TimeSource time) {
    this(time, BURST_SECONDS, LONGEST_WAIT_NANOS);
  }

  private Throttle(TimeSource time, double burstSeconds, long longestWait) {
    this.time = time;
    this.lanes = new Lanes(burstSeconds);
    this.longestWait = longestWait;
  }

  /**
   * Returns a throttle for a share that changes often: it saves up next to nothing, and who waits
   * asks again soon.
   */
  public static Throttle steady(TimeSource time) {
    return new Throttle(time, STEADY_SECONDS, STEADY_WAIT_NANOS);
  }

  /**
   * The use of the throttle so far.
   *
   * @param allowed units a second of the table that this JVM may use now, before slowing down
   * @param consumed units that the table and its global indexes took, as DynamoDB reports
   * @param consumedTable those of the table alone
   * @param requests how many were granted
   * @param throttled how many of them DynamoDB refused because of the rate, in whole or in part
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
   * Sets the units a second that this JVM may use from now on. Setting the same again costs next to
   * nothing, so it may be done before each request.
   *
   * @param unitsPerSecond by lane, 0 or more; {@link #TABLE} is among them
   * @throws IllegalArgumentException when a figure is not 0 or more, or the table has none
   */
  public void allow(Map<String, Double> unitsPerSecond) {
    allow(unitsPerSecond, OptionalLong.empty());
  }

  /** Does the same until a time of the source, after which nothing is granted without a call. */
  public synchronized void allow(Map<String, Double> unitsPerSecond, OptionalLong until) {
    if (!unitsPerSecond.equals(allowed)) {
      lanes.allow(unitsPerSecond, slowDown.factor(), time.nanos());
      allowed = Map.copyOf(unitsPerSecond);
    }
    lanes.end(until);
  }

  /**
   * Asks for permission to send a request.
   *
   * @param estimate units of the table that it will take, above 0
   * @return a grant that is granted, or says how long to wait before asking again
   * @throws IllegalArgumentException when the estimate is not above 0
   */
  public synchronized Grant tryAcquire(double estimate) {
    if (!(estimate > 0 && Double.isFinite(estimate))) {
      throw new IllegalArgumentException("estimate " + estimate + " must be units above 0");
    }
    long now = time.nanos();
    closeWindow(now);
    long wait = lanes.nanosUntilPositive(longestWait, now);
    if (wait > 0) {
      waits++;
      return new Grant(Math.max(SHORTEST_WAIT_NANOS, wait), estimate, List.of());
    }
    requests++;
    return new Grant(0, estimate, lanes.charge(estimate, now));
  }

  private void closeWindow(long now) {
    if (slowDown.isOver(now)) {
      boolean refusedTooMuch = slowDown.close();
      lanes.closeWindow(slowDown.factor(), refusedTooMuch, now);
    }
  }

  /** Returns the use of the throttle so far. */
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

  /** Returns how many times a request had to wait so far. */
  public synchronized long waits() {
    return waits;
  }

  /**
   * Returns the part, 0 to 1, of the allowed units that were used since the last call, by the lane
   * that was used most. Requests that wait all the time have used all.
   */
  public synchronized double takeUsed() {
    return lanes.takeUsed(time.nanos());
  }

  /**
   * Permission to send a request, or the time to wait. For one that is granted, exactly one of the
   * methods that end it must be called, once; any other call fails with an {@link
   * IllegalStateException}.
   */
  public final class Grant {
    private final long waitNanos;
    private final double estimate;
    private final List<Lanes.Charge> charges;
    private boolean open;

    private Grant(long waitNanos, double estimate, List<Lanes.Charge> charges) {
      this.waitNanos = waitNanos;
      this.estimate = estimate;
      this.charges = charges;
      this.open = waitNanos == 0;
    }

    /** Whether the request may be sent. */
    public boolean granted() {
      return waitNanos == 0;
    }

    /** Returns 0 when granted, else the nanoseconds to wait before asking again: 0.1 ms to 1 s. */
    public long waitNanos() {
      return waitNanos;
    }

    /** Ends the grant of a request that succeeded as a whole; see {@link #settle(Map, double)}. */
    public void settle(Map<String, Double> consumedUnits) {
      settle(consumedUnits, 0);
    }

    /**
     * Ends the grant of a request that succeeded, in part if there are unprocessed units: those of
     * the items of a batch that came back.
     *
     * @param consumedUnits what DynamoDB says it took, by lane; units of local indexes are the
     *     table's; a lane that is missing took nothing
     * @param unprocessedUnits the part of the estimate that came back, from 0 to the estimate
     */
    public void settle(Map<String, Double> consumedUnits, double unprocessedUnits) {
      end(Math.min(estimate, Math.max(0, unprocessedUnits)), consumedUnits);
    }

    /**
     * Ends the grant of a request of which one partition of the table refused a part, or all: no
     * reason to ask the other partitions for less. Its units may be used at once for requests that
     * go elsewhere; those that come again wait by themselves.
     *
     * @param consumedUnits as in {@link #settle(Map, double)}
     * @param refusedUnits the part of the estimate that was refused, from 0 to the estimate
     */
    public void settleBesidePartition(Map<String, Double> consumedUnits, double refusedUnits) {
      synchronized (Throttle.this) {
        long now = finish();
        double refused = Math.min(estimate, Math.max(0, refusedUnits));
        throttled += refused > 0 ? 1 : 0;
        settleLanes(estimate - refused, 0, consumedUnits, now);
        slowDown.answered(estimate - refused, 0, now);
      }
    }

    /** Ends the grant of a request that one partition of the table refused as a whole. */
    public void refusedByPartition() {
      settleBesidePartition(Map.of(), estimate);
    }

    /**
     * Ends the grant of a request that DynamoDB refused as a whole because of the rate; it took
     * nothing.
     */
    public void throttled() {
      end(estimate, Map.of());
    }

    /**
     * @param done units of the estimate that were not refused
     * @param withheld the share of each charge that is not given back yet
     */
    private void settleLanes(double done, double withheld, Map<String, Double> used, long now) {
      for (Lanes.Charge charge : charges) {
        double usedHere = used.getOrDefault(charge.name(), 0.0);
        double withheldHere = charge.units() * withheld;
        charge.lane().settle(charge.units() - withheldHere, usedHere, now);
        charge.lane().withhold(withheldHere);
        if (done > estimate * LEAST_TO_LEARN_FROM) {
          charge.lane().learn(done, usedHere);
        }
      }
      consumedTable += used.getOrDefault(TABLE, 0.0);
      consumed += used.values().stream().mapToDouble(units -> units).sum();
    }

    private void end(double refusedUnits, Map<String, Double> used) {
      synchronized (Throttle.this) {
        long now = finish();
        settleLanes(estimate - refusedUnits, refusedUnits / estimate, used, now);
        throttled += refusedUnits > 0 ? 1 : 0;
        slowDown.answered(estimate, refusedUnits, now);
      }
    }

    /**
     * Ends the grant of a request whose outcome is unknown: the connection broke, or no answer came
     * in time. The charge stays, as if the request had taken what it was expected to.
     */
    public void outcomeUnknown() {
      synchronized (Throttle.this) {
        finish();
      }
    }

    /**
     * Ends the grant of a request that took nothing: it was not sent, or was refused for another
     * reason than the rate.
     */
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
