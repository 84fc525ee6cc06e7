/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

import io.sluice.capacity.TimeSource;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The share that a member may use, as long as it has published its state lately. Otherwise the
 * others may have taken the member for dead and its share for free. Thread-safe.
 *
 * <p>The time since the last state is measured from before it was sent, by a clock that also runs
 * while the JVM is stopped; the others measure from when it arrived, and wait for at least a second
 * longer. So a share is given up before another member takes it.
 *
 * <p>A lease that is over may mean that this JVM was stopped, in which case the next state is only
 * milliseconds away: until then nothing is used. Or the board does not answer, probably nobody, and
 * a job must go on: after two seconds the member uses the smaller one of its last share and the
 * fixed one, whose sum over all members is at most 1, and after a minute the fixed one. If others
 * reach the board all the same, this is the one case in which the sum of all shares may exceed 1.
 */
final class Lease {
  static final long NANOS =
      TimeUnit.MILLISECONDS.toNanos(Roster.DEAD_AFTER_MILLIS) - TimeUnit.SECONDS.toNanos(2);

  static final long STOPPED_NANOS = TimeUnit.SECONDS.toNanos(2);
  static final long LAST_SHARE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** How long a member that has just joined waits for the board's first answer. */
  static final long FIRST_ANSWER_NANOS = TimeUnit.SECONDS.toNanos(30);

  private enum Phase {
    /** The member does not take part, and uses nothing. */
    ABSENT,
    /** It has not published anything yet. */
    JOINING,
    VALID,
    OVER
  }

  private final TimeSource time;
  private Phase phase = Phase.ABSENT;
  private int claim;
  private int last;

  /** The end of a valid lease, else the beginning of the phase. */
  private long moment;

  Lease(TimeSource time) {
    this.time = time;
  }

  /** Begins to wait for the first state to be published. */
  synchronized void join() {
    enter(Phase.JOINING, time.nanos());
    claim = 0;
  }

  /** Gives up the share for good. */
  synchronized void leave() {
    enter(Phase.ABSENT, time.nanos());
  }

  /**
   * Records that a state was published. A lease that was over begins anew, with a claim of 0.
   *
   * @param began before it was sent
   */
  synchronized void renew(long began) {
    if (isOver()) {
      claim = 0;
    }
    enter(Phase.VALID, began + NANOS);
  }

  /** Sets the claim that may be used from now on, in millionths. */
  synchronized void use(int millionths) {
    if (!isOver()) {
      claim = millionths;
    }
  }

  /** Returns the claim that may be used, in millionths; 0 when the lease is over. */
  synchronized int claim() {
    return isOver() ? 0 : claim;
  }

  /**
   * Returns the share of the budget that may be used now, and the end of the lease.
   *
   * @param fixed the member's share in case there is no board
   */
  synchronized Allowance allowance(double fixed) {
    endIfOver();
    return phase == Phase.VALID
        ? new Allowance((double) claim / MemberState.WHOLE, OptionalLong.of(moment))
        : Allowance.of(withoutLease(fixed));
  }

  private double withoutLease(double fixed) {
    long passed = time.nanos() - moment;
    return switch (phase) {
      case ABSENT, VALID -> 0;
      case JOINING -> passed < FIRST_ANSWER_NANOS ? 0 : fixed;
      case OVER -> {
        if (passed < STOPPED_NANOS) {
          yield 0;
        }
        yield passed < LAST_SHARE_NANOS
            ? Math.min(fixed, (double) last / MemberState.WHOLE)
            : fixed;
      }
    };
  }

  private boolean isOver() {
    endIfOver();
    return phase != Phase.VALID;
  }

  private void endIfOver() {
    long now = time.nanos();
    if (phase == Phase.VALID && now - moment >= 0) {
      enter(Phase.OVER, now);
      last = claim;
    }
  }

  private void enter(Phase next, long from) {
    phase = next;
    moment = from;
  }
}
