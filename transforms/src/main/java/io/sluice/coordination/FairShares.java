/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Divides a budget max–min fairly: who needs less than an even part gets its need, and the others
 * divide the rest by their weights. What nobody needs goes to those that need something, by their
 * weights.
 */
final class FairShares {
  private FairShares() {}

  /**
   * Returns the shares in millionths, in the order of the members; their sum is at most {@link
   * MemberState#WHOLE}.
   */
  static List<Integer> of(List<MemberState> members) {
    double[] shares = new double[members.size()];
    List<Integer> byNeed = new ArrayList<>();
    double weights = 0;
    for (int i = 0; i < shares.length; i++) {
      if (members.get(i).need() > 0) {
        byNeed.add(i);
        weights += members.get(i).weight();
      }
    }
    byNeed.sort(Comparator.comparingDouble(i -> needOfSlot(members.get(i))));
    double rest = MemberState.WHOLE;
    double restWeights = weights;
    for (int i : byNeed) {
      MemberState member = members.get(i);
      double even = rest * member.weight() / restWeights;
      shares[i] = Math.min(member.need(), even);
      rest -= shares[i];
      restWeights -= member.weight();
    }
    for (int i : byNeed) {
      shares[i] += rest * members.get(i).weight() / weights;
    }
    List<Integer> rounded = new ArrayList<>(shares.length);
    for (double share : shares) {
      rounded.add((int) Math.max(0, Math.floor(share)));
    }
    return rounded;
  }

  private static double needOfSlot(MemberState member) {
    return (double) member.need() / member.weight();
  }
}
