/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

/**
 * What a member needs of the budget, and what it has done so far.
 *
 * @param need the part of the budget that it could use, in millionths, or {@link MemberState#ALL}
 * @param weight worker slots that it works with, 1 or more
 * @param items that it has read or written
 * @param units that it has taken
 * @param total items that the whole job has to do, -1 if not known
 */
record Demand(int need, int weight, long items, long units, long total) {
  /** Returns the state of a member that takes part. */
  MemberState state(String member, long seq, int claim) {
    return new MemberState(member, seq, claim, need, weight, items, units, total, false);
  }

  /** Returns the state of a member that takes part no more. */
  MemberState farewell(String member, long seq) {
    return new MemberState(member, seq, 0, 0, weight, items, units, total, true);
  }
}
