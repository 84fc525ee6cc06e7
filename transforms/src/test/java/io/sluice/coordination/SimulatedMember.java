/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

import static io.sluice.coordination.VirtualTime.SECOND;

import java.io.IOException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/** A JVM with work, whose budget is negotiated by {@link Negotiator}. */
final class SimulatedMember {
  private final VirtualTime time;
  private final Negotiator negotiator;
  private final NeedGauge gauge = new NeedGauge();
  private final int weight;
  private Allowance applied = Allowance.of(0);
  private double wants;
  private boolean isMember;
  private boolean killed;
  private long stoppedUntil;

  private SimulatedMember(long id, int weight, Board board, VirtualTime time) {
    this.time = time;
    this.weight = weight;
    this.negotiator =
        new Negotiator(
            HexFormat.of().toHexDigits(id), new Interrupted(board), time, this::applyShare);
  }

  /**
   * Starts a member.
   *
   * @param wants the part of the budget that it could use, 0 or more
   */
  static SimulatedMember start(long id, int weight, double wants, Board board, VirtualTime time) {
    SimulatedMember member = new SimulatedMember(id, weight, board, time);
    member.wants = wants;
    time.start(member::live);
    return member;
  }

  /** Stops the member for some time, as by a SIGSTOP or a long pause of the collector. */
  void stop(long nanos) {
    stoppedUntil = time.nanos() + nanos;
  }

  void kill() {
    killed = true;
  }

  void want(double part) {
    wants = part;
  }

  /** Sets what requests keep to, as a throttle does: it does not ask whether that still holds. */
  private void applyShare() {
    applied = negotiator.allowance(0);
  }

  /** Returns the share that its requests use now if they can, without a fixed one. */
  double share() {
    boolean isOver = applied.until().isPresent() && time.nanos() >= applied.until().getAsLong();
    return killed || time.nanos() < stoppedUntil || isOver ? 0 : applied.share();
  }

  double wants() {
    return killed || time.nanos() < stoppedUntil ? 0 : wants;
  }

  double used() {
    return Math.min(share(), wants());
  }

  boolean isKilled() {
    return killed;
  }

  private void live() {
    while (!killed) {
      try {
        work();
      } catch (IOException e) {
        // As the coordinator does, it goes on with the next round.
        applyShare();
        pause(negotiator.pauseNanos());
      }
    }
  }

  private void work() throws IOException {
    if (wants > 0) {
      if (!isMember) {
        isMember = true;
        gauge.clear();
        negotiator.join();
      }
      negotiator.round(demand());
      applyShare();
      pause(negotiator.pauseNanos());
    } else if (isMember) {
      isMember = false;
      negotiator.leave(new Demand(0, weight, 1, 1, -1));
    } else {
      pause(SECOND / 10);
    }
  }

  private Demand demand() {
    double share = negotiator.allowance(0).share();
    double used = share == 0 ? 1 : Math.min(1, wants / share);
    return new Demand(gauge.next(share, used, wants > share), weight, 1, 1, -1);
  }

  /** Sleeps, in steps as the coordinator does, which notices a change of need soon. */
  private void pause(long nanos) {
    long end = time.nanos() + nanos;
    boolean needed = wants > 0;
    while (time.nanos() < end && (wants > 0) == needed) {
      time.sleep(Math.min(SECOND / 10, end - time.nanos()));
    }
    waitIfStopped();
  }

  private void waitIfStopped() {
    while (time.nanos() < stoppedUntil) {
      time.sleep(stoppedUntil - time.nanos());
    }
  }

  /** Requests of a member that is stopped return when it goes on, and of a killed one never. */
  private final class Interrupted implements Board {
    private final Board board;

    Interrupted(Board board) {
      this.board = board;
    }

    private void checkAlive() throws IOException {
      waitIfStopped();
      if (killed) {
        throw new IOException("killed");
      }
    }

    @Override
    public void put(String name) throws IOException {
      checkAlive();
      board.put(name);
      checkAlive();
    }

    @Override
    public List<Posting> list() throws IOException {
      checkAlive();
      List<Posting> found = board.list();
      checkAlive();
      return found;
    }

    @Override
    public void delete(Collection<String> names) throws IOException {
      checkAlive();
      board.delete(names);
      checkAlive();
    }
  }
}
