/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

import java.util.ArrayDeque;

/** Estimates how much of a budget a member could use, from how much it used. */
final class NeedGauge {
  /** A member that used this part of its share, and had to wait for it, could use more. */
  private static final double USED_UP = 0.95;

  /** The room for a member to show that it needs more than it used. */
  private static final double ROOM = 1.06;

  /** The rounds over which the need is the highest one: batches and pages come in steps. */
  private static final int ROUNDS = 3;

  private final ArrayDeque<Integer> lately = new ArrayDeque<>();

  /**
   * Returns the need after a round, in millionths, or {@link MemberState#ALL}.
   *
   * @param share of the budget that was allowed, 0 to 1
   * @param used the part of that share that was used, 0 to 1
   * @param waited whether requests had to wait for the budget
   */
  int next(double share, double used, boolean waited) {
    if (waited && (used >= USED_UP || share == 0)) {
      return remember(MemberState.ALL);
    }
    return remember((int) Math.min(MemberState.WHOLE, share * used * ROOM * MemberState.WHOLE));
  }

  private int remember(int need) {
    lately.add(need);
    if (lately.size() > ROUNDS) {
      lately.remove();
    }
    return need == MemberState.ALL
        ? need
        : lately.stream().filter(n -> n != MemberState.ALL).mapToInt(n -> n).max().orElse(need);
  }

  /** Forgets the rounds before. */
  void clear() {
    lately.clear();
  }
}
