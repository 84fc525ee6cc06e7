/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The members of a group as one listing of the board tells them, seen by one of them.
 *
 * <p>Ages are the difference of two times of the board, between a state and the one that the
 * observer put just before the listing; no clock of a JVM is compared with another's.
 */
final class Roster {
  /**
   * A member is dead when its state is this much older than the observer's. S3 tells whole seconds,
   * so it may be a second less in truth; see {@link Lease}.
   */
  static final long DEAD_AFTER_MILLIS = 10_000;

  /** A two-hundredth of a share is not worth a request. */
  private static final int TOLERATED_PART = 200;

  private final Map<String, Latest> latest = new TreeMap<>();
  private final MemberState self;
  private final List<MemberState> living = new ArrayList<>();
  private final List<String> outdated = new ArrayList<>();
  private final List<Integer> fair;
  private int me = -1;

  /** The latest state of a member. */
  private record Latest(MemberState state, long modifiedMillis) {}

  /**
   * Reads a listing.
   *
   * @param self the latest state of the observer, which it has put
   */
  Roster(List<Board.Posting> postings, MemberState self) {
    this.self = self;
    postings.forEach(this::addIfLatest);
    Latest own = latest.get(self.member());
    if (own != null && own.state.equals(self)) {
      enlist(own.modifiedMillis - DEAD_AFTER_MILLIS);
      postings.forEach(posting -> addIfOutdated(posting, own.modifiedMillis - DEAD_AFTER_MILLIS));
    }
    fair = FairShares.of(living);
  }

  private void addIfLatest(Board.Posting posting) {
    MemberState.parse(posting.name())
        .map(state -> new Latest(state, posting.modifiedMillis()))
        .ifPresent(
            found ->
                latest.merge(
                    found.state.member(), found, (a, b) -> a.state.seq() >= b.state.seq() ? a : b));
  }

  private void enlist(long deadBefore) {
    for (Latest member : latest.values()) {
      if (member.state.equals(self)) {
        me = living.size();
      }
      if (!member.state.left() && member.modifiedMillis > deadBefore) {
        living.add(member.state);
      }
    }
  }

  /**
   * Finds objects that may be deleted. An older state of a living member stays until the lease has
   * ended of everybody who may have begun a listing before the next one was put. The last state of
   * a member that has left stays for its counts.
   */
  private void addIfOutdated(Board.Posting posting, long deadBefore) {
    Optional<MemberState> state = MemberState.parse(posting.name());
    if (state.isEmpty() || posting.modifiedMillis() > deadBefore) {
      return;
    }
    Latest last = latest.get(state.get().member());
    boolean isLast = state.get().equals(last.state);
    boolean dead = last.modifiedMillis <= deadBefore;
    boolean own = state.get().member().equals(self.member());
    if (last.state.left() ? !isLast : dead || own) {
      outdated.add(posting.name());
    }
  }

  /** Whether the observer's latest state is on the board. If not, nothing else is known. */
  boolean hasSelf() {
    return me >= 0;
  }

  /** Returns how many members live, the observer included. */
  int size() {
    return living.size();
  }

  /** Returns the sum of all claims, in millionths. */
  int claimed() {
    return living.stream().mapToInt(MemberState::claim).sum();
  }

  /** Returns the names of objects that are not needed any more. */
  List<String> outdated() {
    return outdated;
  }

  /** Returns the observer's fair share, in millionths. */
  int fairShare() {
    return fair.get(me);
  }

  /** Returns what the observer lacks of what it needs and may have, in millionths. */
  int lack() {
    return lack(me);
  }

  /** Whether another member lacks something, or more is claimed than there is. */
  boolean owes() {
    for (int i = 0; i < living.size(); i++) {
      if (i != me && lack(i) > 0) {
        return true;
      }
    }
    return claimed() > MemberState.WHOLE;
  }

  /**
   * Returns the part that the observer may claim at once of what is free, in proportion to what all
   * members lack.
   */
  int partOfFree() {
    long all = 0;
    for (int i = 0; i < living.size(); i++) {
      all += lack(i);
    }
    long free = Math.max(0, MemberState.WHOLE - claimed());
    return all == 0 ? 0 : (int) Math.min(lack(), free * lack() / all);
  }

  private int lack(int i) {
    MemberState member = living.get(i);
    int lack = Math.min(member.need(), fair.get(i)) - member.claim();
    return lack > fair.get(i) / TOLERATED_PART ? lack : 0;
  }
}
