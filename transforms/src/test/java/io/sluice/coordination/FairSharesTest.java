/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FairSharesTest {
  private static final int ALL = MemberState.ALL;

  private static MemberState member(int need, int weight) {
    return new MemberState("0123456789abcdef", 1, 0, need, weight, 0, 0, -1, false);
  }

  private static List<Integer> shares(int... needs) {
    List<MemberState> members = new ArrayList<>();
    for (int need : needs) {
      members.add(member(need, 1));
    }
    return FairShares.of(members);
  }

  @Test
  void thoseThatAreHeldUpHaveTheSame() {
    assertThat(shares(ALL), is(List.of(1_000_000)));
    assertThat(shares(ALL, ALL), is(List.of(500_000, 500_000)));
    assertThat(shares(ALL, ALL, ALL), is(List.of(333_333, 333_333, 333_333)));
  }

  @Test
  void thoseThatNeedLessGetItAndLeaveTheRest() {
    assertThat(shares(100_000, ALL, ALL), is(List.of(100_000, 450_000, 450_000)));
    assertThat(shares(ALL, 0, 0), is(List.of(1_000_000, 0, 0)));
    assertThat(shares(400_000, 700_000, 100_000), is(List.of(400_000, 500_000, 100_000)));
  }

  @Test
  void whatNobodyNeedsGoesToThoseThatWork() {
    assertThat(shares(100_000, 300_000, 0), is(List.of(400_000, 600_000, 0)));
    assertThat(shares(0, 0), is(List.of(0, 0)));
    assertThat(FairShares.of(List.of()), is(List.of()));
  }

  @Test
  void slotsCount() {
    assertThat(
        FairShares.of(List.of(member(ALL, 3), member(ALL, 1))), is(List.of(750_000, 250_000)));
    assertThat(
        "a slot of the first needs more",
        FairShares.of(List.of(member(500_000, 1), member(600_000, 4))),
        is(List.of(400_000, 600_000)));
  }

  /**
   * The definition of max–min: who gets less than it needs has no less than any other, by weight.
   */
  @Test
  void isMaxMinFair() {
    Random random = new Random(17);
    for (int n = 0; n < 2_000; n++) {
      List<MemberState> members = new ArrayList<>();
      int count = 1 + random.nextInt(8);
      for (int i = 0; i < count; i++) {
        int need = random.nextInt(3) == 0 ? ALL : random.nextInt(600_000);
        members.add(member(need, 1 + random.nextInt(4)));
      }
      check(members, FairShares.of(members));
    }
  }

  private static void check(List<MemberState> members, List<Integer> shares) {
    long needed = members.stream().mapToLong(MemberState::need).sum();
    int sum = shares.stream().mapToInt(share -> share).sum();
    assertThat(members.toString(), sum, is(lessThanOrEqualTo(MemberState.WHOLE)));
    if (needed > 0) {
      assertThat(members.toString(), (double) sum, is(closeTo(MemberState.WHOLE, members.size())));
    }
    for (int i = 0; i < shares.size(); i++) {
      boolean lacks = shares.get(i) + 1 < members.get(i).need();
      for (int j = 0; lacks && j < shares.size(); j++) {
        double mine = (double) (shares.get(i) + 1) / members.get(i).weight();
        double other = (double) shares.get(j) / members.get(j).weight();
        assertThat(members + " " + shares, mine, is(greaterThanOrEqualTo(other)));
      }
    }
  }
}
