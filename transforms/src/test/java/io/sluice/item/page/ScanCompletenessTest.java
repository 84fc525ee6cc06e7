/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.item.SourcedItem;
import io.sluice.sink.WrittenFiles;
import io.sluice.sink.WrittenFilesCoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

class ScanCompletenessTest {
  private static final Optional<String> WHOLE = Optional.empty();

  private static ItemPage page(int segment, long attempt, int number, boolean last) {
    ItemPage.Mark mark =
        new ItemPage.Mark(segment, attempt, number, last, 10, 0.5, 1_000L * number);
    return ItemPage.of(mark, List.of(SourcedItem.withoutOrigin(Map.of())));
  }

  /** Returns the pages of one reading of a segment; the highest number is the last. */
  private static List<ItemPage> pages(int segment, int count) {
    List<ItemPage> pages = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      pages.add(page(segment, 7, number, number == count - 1));
    }
    return pages;
  }

  private static ScanCompleteness of(List<ItemPage> pages) {
    ScanCompleteness tally = new ScanCompleteness();
    pages.forEach(tally::add);
    return tally;
  }

  private static Optional<String> wholeOf(int whole, int segments) {
    return Optional.of(
        "of %d segments of the scan only %d came whole: a worker was lost or began again while others went on"
            .formatted(segments, whole));
  }

  @Test
  void allPagesInAnyOrder() {
    ScanCompleteness tally = of(pages(1, 1));
    List<ItemPage> backwards = pages(0, 5);
    Collections.reverse(backwards);
    backwards.forEach(tally::add);
    assertThat(tally.problem(2), is(WHOLE));
    assertThat(tally.items(), is(6L));
    assertThat(tally.evaluated(), is(60L));
    assertThat(tally.units(), is(3.0));
    assertThat(tally.time(), is(new ReadTime(0, 4_000, true)));
  }

  @Test
  void talliesOfPartsAreOne() {
    List<ItemPage> pages = pages(0, 6);
    ScanCompleteness tally = of(pages.subList(4, 6));
    tally.add(of(pages.subList(0, 1)));
    tally.add(of(List.of()));
    assertThat(tally.problem(1), is(wholeOf(0, 1)));
    tally.add(of(pages.subList(1, 4)));
    assertThat(tally.problem(1), is(WHOLE));
    assertThat(tally, is(of(pages)));
    assertThat(tally.hashCode(), is(of(pages).hashCode()));
  }

  @Test
  void aMissingPage() {
    for (int missing = 0; missing < 4; missing++) {
      List<ItemPage> pages = pages(0, 4);
      pages.remove(missing);
      assertThat("page " + missing, of(pages).problem(1), is(wholeOf(0, 1)));
    }
  }

  @Test
  void aDoubledPage() {
    for (int doubled = 0; doubled < 4; doubled++) {
      List<ItemPage> pages = pages(0, 4);
      pages.add(pages.get(doubled));
      assertThat("page " + doubled, of(pages).problem(1), is(wholeOf(0, 1)));
    }
  }

  @Test
  void doubledPagesInThePlaceOfOthers() {
    List<ItemPage> pages = pages(0, 4);
    assertThat(
        "as many pages, and numbers of the same sum",
        of(List.of(pages.get(0), pages.get(0), pages.get(3), pages.get(3))).problem(1),
        is(wholeOf(0, 1)));
  }

  @Test
  void twoAttempts() {
    ScanCompleteness tally = of(List.of(page(0, 1, 0, false), page(0, 2, 1, true)));
    assertThat(tally.problem(1), is(wholeOf(0, 1)));
    ScanCompleteness first = of(List.of(page(0, 1, 0, false)));
    first.add(of(List.of(page(0, 2, 1, true))));
    assertThat(first.problem(1), is(wholeOf(0, 1)));
  }

  @Test
  void aMissingSegment() {
    assertThat(of(pages(0, 2)).problem(2), is(wholeOf(1, 2)));
    assertThat(of(pages(5, 2)).problem(0), is(wholeOf(1, 0)));
  }

  @Test
  void noSegments() {
    ScanCompleteness none = new ScanCompleteness();
    assertThat(none.problem(0), is(WHOLE));
    assertThat(none.problem(1), is(wholeOf(0, 1)));
    assertThat(none.time(), is(ReadTime.NONE));
  }

  @Test
  void theCodersKeepEverything() throws Exception {
    ScanCompleteness tally = of(pages(3, 4));
    tally.add(page(1, 9, 2, false));
    assertThat(CoderUtils.clone(ScanCompletenessCoder.of(), tally), is(tally));
    WrittenFiles written =
        new WrittenFiles(
            List.of(
                new WrittenFiles.File("s3://b/x", 1L << 40, 1L << 41, "1B2M2Y8AsgTpgAmY7PhCfg=="),
                new WrittenFiles.File("/é", 1, 2, "")),
            tally);
    assertThat(CoderUtils.clone(WrittenFilesCoder.of(), written), is(written));
    ScanCompletenessCoder.of().verifyDeterministic();
    WrittenFilesCoder.of().verifyDeterministic();
  }
}
