/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class BatchMemoryTest {
  private static final long MB = 1 << 20;
  private static final long OWN = 256 << 10;

  private final BatchMemory heap = new BatchMemory(10 * MB);

  @Test
  void givesUpToTheBound() {
    assertThat(heap.tryTake(9 * MB, 0), is(true));
    assertThat(heap.tryTake(MB, 9 * MB), is(true));
    assertThat(heap.held(), is(10 * MB));
    assertThat(heap.tryTake(1, 10 * MB), is(false));
    assertThat(heap.held(), is(10 * MB));
  }

  @Test
  void whatIsGivenBackCanBeTakenAgain() {
    assertThat(heap.tryTake(10 * MB, 0), is(true));
    assertThat(heap.tryTake(MB, 10 * MB), is(false));
    heap.give(MB);
    assertThat(heap.held(), is(9 * MB));
    assertThat(heap.tryTake(MB, 9 * MB), is(true));
  }

  @Test
  void theFirstItemOfAWorkerIsLetInHoweverLarge() {
    assertThat(heap.tryTake(10 * MB, 0), is(true));
    assertThat(heap.tryTake(2 * MB, 0), is(true));
    assertThat(heap.held(), is(12 * MB));
  }

  @Test
  void aWorkerHasItsSmallShareWhatOthersHold() {
    assertThat(heap.tryTake(10 * MB, 0), is(true));
    assertThat(heap.tryTake(1000, 0), is(true));
    assertThat(heap.tryTake(OWN - 1000, 1000), is(true));
    assertThat(heap.tryTake(1, OWN), is(false));
  }
}
