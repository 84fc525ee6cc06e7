/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberStateTest {
  private static final String ID = "00ff00ff00ff00ff";
  private static final MemberState STATE =
      new MemberState(ID, 12, 250_000, 300_000, 4, 1_000, 2_000, 5_000, false);

  @Test
  void isItsName() {
    assertThat(STATE.name(), is("00ff00ff00ff00ff-000000000012-250000-300000-4-1000-2000-5000"));
    assertThat(MemberState.parse(STATE.name()), is(Optional.of(STATE)));
    MemberState left = new MemberState(ID, 13, 0, MemberState.ALL, 1, 0, 0, -1, true);
    assertThat(left.name(), is("00ff00ff00ff00ff-000000000013-0-all-1-0-0-x-left"));
    assertThat(MemberState.parse(left.name()), is(Optional.of(left)));
  }

  @Test
  void namesAreInTheOrderOfStates() {
    MemberState later = new MemberState(ID, 100, 1, 1, 1, 0, 0, -1, false);
    assertThat(STATE.name(), is(lessThan(later.name())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".sluice-probe",
        "00ff00ff00ff00ff-000000000012-250000-300000-4-1000-2000",
        "00ff00ff00ff00ff-12-250000-300000-4-1000-2000-x",
        "00ff00ff00ff00ff-000000000012-1000001-300000-4-1000-2000-x",
        "00ff00ff00ff00ff-000000000012-250000-300000-0-1000-2000-x",
        "00ff00ff00ff00ff-000000000012-250000-2000000-4-1000-2000-x",
        "00ff00ff00ff00ff-000000000012-250000-300000-4-1000-2000-x-right",
      })
  void otherNamesAreNone(String name) {
    assertThat(MemberState.parse(name), is(Optional.empty()));
  }

  @Test
  void hasBounds() {
    assertThrows(
        IllegalArgumentException.class, () -> new MemberState(ID, 1, -1, 0, 1, 0, 0, -1, false));
    assertThrows(
        IllegalArgumentException.class, () -> new MemberState(ID, 1, 0, 0, 0, 0, 0, -1, false));
  }
}
