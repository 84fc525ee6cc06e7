/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

import static io.sluice.coordination.VirtualTime.SECOND;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members that share a budget, by a virtual clock. */
class NegotiationSimulationTest {
  private static final double ROUNDING = 1e-9;
  private static final double MANY = 10;
  private static final int SEEDS = 40;

  private final VirtualTime time = new VirtualTime();
  private final Random random = new Random(42);
  private final SimulatedBoard board = new SimulatedBoard(time, random);
  private final List<SimulatedMember> members = new ArrayList<>();
  private double highest;
  private double used;
  private double usable;
  private long observed;

  @AfterEach
  void end() {
    time.close();
  }

  private SimulatedMember start(int weight, double wants) {
    SimulatedMember member = SimulatedMember.start(members.size() + 1, weight, wants, board, time);
    members.add(member);
    return member;
  }

  private void run(double seconds) {
    time.run((long) (seconds * SECOND), this::observe);
    observe();
  }

  private void observe() {
    double shares = members.stream().mapToDouble(SimulatedMember::share).sum();
    highest = Math.max(highest, shares);
    double passed = (double) (time.nanos() - observed) / SECOND;
    observed = time.nanos();
    used += passed * members.stream().mapToDouble(SimulatedMember::used).sum();
    double wanted = members.stream().mapToDouble(SimulatedMember::wants).sum();
    usable += passed * Math.min(1, wanted);
  }

  private double utilization() {
    double part = used / usable;
    used = 0;
    usable = 0;
    return part;
  }

  /** Returns after how many seconds the members use all that they may. */
  private double secondsUntilAllIsUsed() {
    long began = time.nanos();
    while (members.stream().mapToDouble(SimulatedMember::used).sum() < 0.99) {
      assertThat("time is up", time.nanos() - began, is(lessThan(60 * SECOND)));
      run(0.05);
    }
    return (double) (time.nanos() - began) / SECOND;
  }

  @Test
  void aSingleMemberHasAllAtOnce() {
    start(1, MANY);
    assertThat(secondsUntilAllIsUsed(), is(lessThan(0.5)));
    run(60);
    assertThat(members.get(0).share(), is(1.0));
    assertThat(utilization(), is(greaterThan(0.99)));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 40})
  void membersShareByTheirSlots(int count) {
    for (int i = 0; i < count; i++) {
      start(i == 0 ? 2 : 1, MANY);
    }
    run(30);
    utilization();
    run(60);
    assertThat(utilization(), is(greaterThan(0.985)));
    assertThat(members.get(0).share(), is(closeTo(2.0 / (count + 1), 0.003)));
    for (SimulatedMember member : members.subList(1, count)) {
      assertThat(member.share(), is(closeTo(1.0 / (count + 1), 0.003)));
    }
    assertThat(highest, is(lessThanOrEqualTo(1 + ROUNDING)));
  }

  @Test
  void whatOneDoesNotUseAnotherMay() {
    start(1, 0.2);
    start(1, MANY);
    run(20);
    assertThat(members.get(0).used(), is(closeTo(0.2, ROUNDING)));
    assertThat(members.get(1).share(), is(greaterThan(0.77)));
    members.get(0).want(MANY);
    run(10);
    assertThat(members.get(0).share(), is(closeTo(0.5, 0.002)));
    assertThat(members.get(1).share(), is(closeTo(0.5, 0.002)));
    assertThat(highest, is(lessThanOrEqualTo(1 + ROUNDING)));
  }

  /** What is lost while a share changes hands, in seconds of the whole budget. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 16})
  void aShareThatIsNotNeededChangesHandsSoon(int count) {
    for (int i = 0; i < count; i++) {
      start(1, MANY);
    }
    run(30);
    utilization();
    for (int i = 1; i < count; i++) {
      members.get(i).want(0);
      run(10);
    }
    double lost = (1 - utilization()) * 10;
    assertThat("of ten seconds for each", lost, is(lessThan(0.35)));
    assertThat(members.get(0).share(), is(1.0));
    for (int i = 1; i < count; i++) {
      members.get(i).want(MANY);
    }
    run(20);
    assertThat(members.get(0).share(), is(closeTo(1.0 / count, 0.003)));
    assertThat(highest, is(lessThanOrEqualTo(1 + ROUNDING)));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 20, 100})
  void theShareOfAKilledMemberIsWithTheOthersWithin20Seconds(int count) {
    for (int i = 0; i < count; i++) {
      start(1, MANY);
    }
    run(40);
    members.get(0).kill();
    for (int i = 1; i < count / 2; i++) {
      members.get(i).kill();
    }
    assertThat(secondsUntilAllIsUsed(), is(lessThan(20.0)));
    assertThat(highest, is(lessThanOrEqualTo(1 + ROUNDING)));
    run(20);
    assertThat("their objects are gone", board.names().stream().noneMatch(this::isOfKilled));
  }

  private boolean isOfKilled(String name) {
    String id = MemberState.parse(name).orElseThrow().member();
    return members.get((int) Long.parseLong(id, 16) - 1).isKilled();
  }

  @Test
  void aMemberThatWasStoppedBeginsWithNothing() {
    start(1, MANY);
    start(1, MANY);
    run(20);
    members.get(0).stop(30 * SECOND);
    run(29);
    assertThat(members.get(1).share(), is(1.0));
    run(11);
    assertThat(members.get(0).share(), is(closeTo(0.5, 0.002)));
    assertThat(highest, is(lessThanOrEqualTo(1 + ROUNDING)));
  }

  @Test
  void whenTheBoardIsDownNobodyUsesMoreThanBefore() {
    start(1, MANY);
    start(1, MANY);
    run(20);
    board.setDown(true);
    run(7);
    assertThat("for a while", members.get(0).share(), is(closeTo(0.5, 0.002)));
    run(60);
    assertThat("then LeaseTest tells", members.get(0).share(), is(0.0));
    board.setDown(false);
    run(5);
    assertThat(members.get(0).share(), is(closeTo(0.5, 0.002)));
    assertThat(highest, is(lessThanOrEqualTo(1 + ROUNDING)));
  }

  @Test
  void fewRequestsPerMember() {
    for (int i = 0; i < 20; i++) {
      start(1, MANY);
    }
    run(40);
    int before = board.requests();
    run(60);
    // Three a round: put, list, delete what is outdated.
    assertThat((board.requests() - before) / 20 / 60.0, is(lessThan(1.3)));
    assertThat(
        "no more than the states of the last seconds", board.names().size(), is(lessThan(130)));
  }

  /** Whatever happens, the shares in use never exceed the budget. */
  @Test
  void theSumOfSharesNeverExceedsTheBudget() {
    double sum = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      try (VirtualTime clock = new VirtualTime()) {
        sum += new Chaos(clock, new Random(seed)).run();
      }
    }
    assertThat("it is used all the same", sum / SEEDS, is(greaterThan(0.5)));
  }

  /** Members that come, go, are stopped and killed, over a board that fails and is slow. */
  private static final class Chaos {
    private final VirtualTime time;
    private final Random random;
    private final SimulatedBoard board;
    private final List<SimulatedMember> members = new ArrayList<>();
    private double used;
    private long observed;
    private double usable;

    Chaos(VirtualTime time, Random random) {
      this.time = time;
      this.random = random;
      this.board = new SimulatedBoard(time, random);
      board.withFaults(random.nextDouble() * 0.15, random.nextDouble() * 0.05);
    }

    double run() {
      for (int event = 0; event < 40; event++) {
        disturb();
        time.run(random.nextLong(15 * SECOND), this::observe);
      }
      return used / usable;
    }

    private void disturb() {
      if (members.size() < 2 || (members.size() < 12 && random.nextInt(3) == 0)) {
        members.add(
            SimulatedMember.start(members.size() + 1, 1 + random.nextInt(4), wants(), board, time));
        return;
      }
      SimulatedMember member = members.get(random.nextInt(members.size()));
      switch (random.nextInt(6)) {
        case 0 -> member.kill();
        case 1 -> member.stop(random.nextLong(40 * SECOND));
        default -> member.want(wants());
      }
    }

    private double wants() {
      return switch (random.nextInt(4)) {
        case 0 -> 0;
        case 1 -> random.nextDouble() / 2;
        default -> MANY;
      };
    }

    private void observe() {
      double shares = members.stream().mapToDouble(SimulatedMember::share).sum();
      assertThat(shares, is(lessThanOrEqualTo(1 + ROUNDING)));
      double passed = (double) (time.nanos() - observed) / SECOND;
      observed = time.nanos();
      used += passed * members.stream().mapToDouble(SimulatedMember::used).sum();
      usable += passed * Math.min(1, members.stream().mapToDouble(SimulatedMember::wants).sum());
    }
  }
}
