/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.sluice.capacity.SimulatedTable.Seen;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.hamcrest.Matcher;

/** The throttle and a table on virtual time. */
class ThrottleSimulationTest {
  private static final String INDEX = "by-zone";

  /**
   * A job that writes to a table.
   *
   * @param capacity units a second of the table
   * @param ratio the job's share
   * @param batch the mean estimate of a batch
   * @param wrong the factor by which the estimates are too low
   * @param index the units that its index takes for each of the table's; 0 for no index
   * @param seed of the sizes and the latencies
   */
  record Job(double capacity, double ratio, double batch, double wrong, double index, long seed) {

    SimulatedTable table() {
      Map<String, Double> perEstimate = new HashMap<>(Map.of(Throttle.TABLE, wrong));
      if (index > 0) {
        perEstimate.put(INDEX, wrong * index);
      }
      return new SimulatedTable(lanes(capacity), perEstimate, batch, clients(), seed);
    }

    /** Enough for twice the capacity, each waiting 12 ms for an answer; more would not matter. */
    int clients() {
      return (int) Math.max(8, 2 * capacity * 0.02 / (batch * wrong));
    }

    /**
     * The index has half of the table's units, so it is the bottleneck if it takes more than half.
     */
    Map<String, Double> lanes(double units) {
      return index > 0
          ? Map.of(Throttle.TABLE, units, INDEX, units / 2)
          : Map.of(Throttle.TABLE, units);
    }

    /** Returns the units a second of the table that the job may use. */
    double allowed(double units) {
      return units * ratio * Math.min(1, index > 0 ? 0.5 / index : 1);
    }

    void allow(SimulatedTable table, double units) {
      table.throttle().allow(lanes(units * ratio));
    }

    /** Many times longer than a batch lasts, so that single batches do not show. */
    double seconds() {
      return Math.max(60, 300 * batch * wrong / allowed(capacity));
    }
  }

  @Provide
  Arbitrary<Job> jobs() {
    return Combinators.combine(
            Arbitraries.of(500.0, 5_000.0, 20_000.0),
            Arbitraries.of(0.25, 0.5, 1.0),
            Arbitraries.doubles().between(25, 400),
            Arbitraries.doubles().between(0.33, 3),
            Arbitraries.of(0.0, 0.0, 0.3, 1.0),
            Arbitraries.longs())
        .as(Job::new);
  }

  /** Jobs whose batches do not last for seconds, so that some seconds are enough to judge. */
  @Provide
  Arbitrary<Job> brisk() {
    return jobs().filter(job -> job.batch() * job.wrong() < job.allowed(job.capacity()) / 4);
  }

  private static Matcher<Double> right(double allowed) {
    return allOf(greaterThan(0.97 * allowed), lessThan(1.01 * allowed));
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void usesWhatIsAllowed(@ForAll("jobs") Job job) {
    SimulatedTable table = job.table();
    job.allow(table, job.capacity());
    Seen start = table.run(10);
    double most =
        job.allowed(job.capacity()) * 10 + job.clients() * 1.5 * job.batch() * job.wrong();
    assertThat("nothing is saved up at the start", start.use() * 10, lessThanOrEqualTo(most));

    table.run(job.seconds());
    Seen seen = table.run(job.seconds());

    assertThat(seen.use(), right(job.allowed(job.capacity())));
    assertThat(seen.refusedShare(), lessThan(0.01));
  }

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void halvedUnderway(@ForAll("brisk") Job job) {
    SimulatedTable table = job.table();
    double half = job.capacity() / 2;
    job.allow(table, job.capacity());
    table.run(20);
    table.set(job.lanes(half));
    table.run(20);

    Seen untold = table.run(60);
    double possible = Math.min(job.allowed(job.capacity()), job.allowed(half) / job.ratio());
    assertThat(untold.use(), allOf(greaterThan(0.9 * possible), lessThan(1.01 * possible)));
    assertThat(untold.refusedShare(), lessThan(0.1));

    job.allow(table, half);
    table.run(30);
    Seen told = table.run(60);
    assertThat(told.use(), right(job.allowed(half)));
    assertThat(told.refusedShare(), lessThan(0.01));
  }

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void doubledUnderway(@ForAll("brisk") Job job) {
    SimulatedTable table = job.table();
    double twice = job.capacity() * 2;
    job.allow(table, job.capacity());
    table.run(20);
    table.set(job.lanes(twice));
    job.allow(table, twice);
    table.run(30);

    Seen seen = table.run(60);
    assertThat(seen.use(), right(job.allowed(twice)));
    assertThat(seen.refusedShare(), lessThan(0.01));
  }

  /** A table that has stopped is asked less and less, not more and more. */
  @Property(tries = 5, shrinking = ShrinkingMode.OFF)
  void aTableThatHasStopped(@ForAll("brisk") Job job) {
    SimulatedTable table = job.table();
    job.allow(table, job.capacity());
    Seen before = table.run(20);
    table.set(job.lanes(0));
    table.run(20);
    Seen after = table.run(20);
    assertThat((double) after.requests(), lessThan(0.2 * before.requests() + 5));
  }
}
