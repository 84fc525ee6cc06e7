/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.dynamodb.TestTable;
import io.sluice.item.page.ItemPage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ScanPartsTest {
  private static final ItemPage PAGE =
      ItemPage.of(
          new ItemPage.Mark(0, 0, 0, false, 1, 0.5, 0), List.of(TestTable.item("id", "text")));

  private static List<Integer> parts(ScanParts parts, int pages) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < pages; i++) {
      numbers.add(parts.of(PAGE));
    }
    return numbers;
  }

  @Test
  void aPartEndsWhereItsSizeIsReached() {
    long size = PAGE.compressedBytes();
    assertThat(parts(ScanParts.of(new AtomicLong(), size * 2, 1), 5), is(List.of(0, 0, 1, 1, 2)));
    assertThat(parts(ScanParts.of(new AtomicLong(), size * 9, 1), 5), is(List.of(0, 0, 0, 0, 0)));
    assertThat(parts(ScanParts.of(new AtomicLong(), size / 2, 1), 3), is(List.of(0, 2, 4)));
  }

  @Test
  void whoReadsAQuarterOfTheTableHasAQuarterOfEachPart() {
    long size = PAGE.compressedBytes();
    assertThat(
        parts(ScanParts.of(new AtomicLong(), size * 8, 0.25), 5), is(List.of(0, 0, 1, 1, 2)));
  }
}
