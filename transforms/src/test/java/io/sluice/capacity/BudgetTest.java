/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {

  @Test
  void aShareOfTheCapacity() {
    Budget budget = Budget.ofRatio(0.25);
    assertThat(budget.allowed(1000), is(250.0));
    assertThat(budget.isAbove(), is(false));
    assertThat(Budget.ofRatio(1).isAbove(), is(false));
    assertThat(Budget.ofRatio(1.5).isAbove(), is(true));
  }

  @Test
  void oneJvmHasTheWhole() {
    assertThat(Budget.ofRatio(0.5).shareOf(0), is(1.0));
    assertThat(Budget.ofRatio(0.5).shareOf(3), is(1.0));
  }

  @Test
  void dividedOverWorkers() {
    Budget budget = Budget.ofRatio(0.5).withWorkers(4);
    assertThat(budget.shareOf(0), is(0.0));
    assertThat(budget.shareOf(1), is(0.25));
    assertThat(budget.shareOf(4), is(1.0));
    assertThat(budget.shareOf(5), is(1.0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.09, 1.51, -1, Double.NaN})
  void invalidRatiosAreRefused(double ratio) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Budget.ofRatio(ratio));
    assertThat(e.getMessage(), is("ratio " + ratio + " must be 0.1 to 1.5"));
  }

  @Test
  void invalidWorkersAreRefused() {
    Budget budget = Budget.ofRatio(0.5);
    assertThrows(IllegalArgumentException.class, () -> budget.withWorkers(-1));
    assertThrows(IllegalArgumentException.class, () -> budget.shareOf(-1));
  }
}
