/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class RowGroupMemoryTest {
  private static final long MB = 1 << 20;

  @Test
  void openFilesShareTheHeap() {
    RowGroupMemory heap = new RowGroupMemory(256 * MB);
    assertThat("none is open", heap.rowGroupBytes(64 * MB), is(64 * MB));
    for (int i = 0; i < 4; i++) {
      heap.join();
    }
    assertThat("there is room", heap.rowGroupBytes(64 * MB), is(64 * MB));
    heap.join();
    assertThat("there is less", heap.rowGroupBytes(64 * MB), is(256 * MB / 5));
    heap.leave();
    assertThat(heap.rowGroupBytes(64 * MB), is(64 * MB));
  }

  @Test
  void aRowGroupHasAMegabyteAtLeast() {
    RowGroupMemory heap = new RowGroupMemory(10 * MB);
    for (int i = 0; i < 100; i++) {
      heap.join();
    }
    assertThat(heap.rowGroupBytes(64 * MB), is(MB));
  }

  @Test
  void dictionariesTakeNoMoreThanARowGroup() {
    assertThat("few columns", RowGroupMemory.dictionaryBytes(64 * MB, 4), is((int) MB));
    assertThat("many columns", RowGroupMemory.dictionaryBytes(64 * MB, 64), is((int) MB / 8));
    assertThat("very many", RowGroupMemory.dictionaryBytes(64 * MB, 10_000), is(1 << 10));
    assertThat("no column", RowGroupMemory.dictionaryBytes(MB, 0), is((int) MB / 8));
  }
}
