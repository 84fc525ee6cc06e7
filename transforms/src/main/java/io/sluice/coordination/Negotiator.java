/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

import io.sluice.capacity.TimeSource;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Negotiates the share of one member, in rounds. In a round the member publishes its state, lists
 * those of the others, and gives or takes what makes the shares fair.
 *
 * <p>The sum of the shares in use is at most 1, whatever fails and however long it takes:
 *
 * <ul>
 *   <li>A lower claim is in use before it is published.
 *   <li>A higher claim is published first, and in use only after a listing that began later shows
 *       claims of 1 or less in sum; otherwise it is taken back. Of two members that do this at the
 *       same time, the one whose listing begins later sees the other's claim.
 *   <li>A member whose states do not arrive stops using its claim before the others take it for
 *       dead, and then begins with nothing, as a newcomer does. {@link Lease} has the exception.
 * </ul>
 *
 * <p>Used by one thread; only {@link #allowance} may be called by any.
 */
final class Negotiator {
  private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(4);
  private static final long NANOS_OF_MEMBER = TimeUnit.MILLISECONDS.toNanos(125);

  /** A member to which the others owe something comes back sooner, to take it when it is free. */
  private static final int HURRY = 4;

  private static final long LEAST_HURRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final String member;
  private final Board board;
  private final TimeSource time;
  private final Runnable apply;
  private final Lease lease;
  private MemberState posted;
  private long seq;
  private volatile int members = 1;
  private boolean lacks;

  /**
   * @param member identifies the member: 16 hexadecimal digits, never used before
   * @param apply has requests keep to the {@link #allowance}; returns when they do
   */
  Negotiator(String member, Board board, TimeSource time, Runnable apply) {
    this.member = member;
    this.board = board;
    this.time = time;
    this.apply = apply;
    this.lease = new Lease(time);
  }

  /** Returns the share of the budget that may be used now: see {@link Lease#allowance}. */
  Allowance allowance(double fixed) {
    return lease.allowance(fixed);
  }

  /** Returns how many members there are, as far as is known. */
  int members() {
    return members;
  }

  /**
   * Returns how long to wait before the next round: so long that all members together have eight
   * rounds a second, within bounds. The lower one saves requests, and by the upper one a member is
   * not taken for dead.
   */
  long pauseNanos() {
    long period = Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, members * NANOS_OF_MEMBER));
    return lacks ? Math.max(LEAST_HURRY_NANOS, period / HURRY) : period;
  }

  /** Joins the others; the first round follows. */
  void join() {
    lease.join();
    lacks = false;
  }

  /**
   * Does a round.
   *
   * @throws IOException when the board does not answer; the share stays as it is while the lease
   *     lasts
   */
  void round(Demand demand) throws IOException {
    int claim = lease.claim();
    publish(demand, claim);
    if (lease.claim() < claim) {
      // It took so long that the lease ended: what is published is not in use.
      claim = 0;
      publish(demand, claim);
    }
    Roster roster = look();
    if (!roster.hasSelf()) {
      // Somebody has cleared the board, so what the others claim is not known.
      use(0);
      return;
    }
    members = roster.size();
    int fair = roster.fairShare();
    lacks = roster.lack() > 0;
    if (claim > fair && roster.owes()) {
      use(fair);
      publish(demand, fair);
    } else if (lacks && roster.partOfFree() > 0) {
      raise(demand, claim + roster.partOfFree());
    }
  }

  private void raise(Demand demand, int wanted) throws IOException {
    publish(demand, wanted);
    Roster roster = look();
    if (roster.hasSelf() && roster.claimed() <= MemberState.WHOLE) {
      use(wanted);
      lacks = roster.lack() > 0;
    } else {
      publish(demand, lease.claim());
    }
  }

  private void use(int claim) {
    lease.use(claim);
    apply.run();
  }

  /**
   * Leaves the others, who may take what this member had. Its last state stays, for its counts;
   * where somebody has cleared the board at the end of the job, there is none.
   *
   * @throws IOException when the board does not answer; then they notice after a while
   */
  void leave(Demand demand) throws IOException {
    lease.leave();
    apply.run();
    if (posted == null || !look().hasSelf()) {
      return;
    }
    board.put(demand.farewell(member, ++seq).name());
  }

  private void publish(Demand demand, int claim) throws IOException {
    post(demand.state(member, ++seq, claim));
  }

  private void post(MemberState state) throws IOException {
    long began = time.nanos();
    board.put(state.name());
    posted = state;
    lease.renew(began);
  }

  private Roster look() throws IOException {
    Roster roster = new Roster(board.list(), posted);
    clear(roster);
    return roster;
  }

  private void clear(Roster roster) throws IOException {
    if (!roster.outdated().isEmpty()) {
      board.delete(roster.outdated());
    }
  }
}
