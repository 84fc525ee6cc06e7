/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import io.sluice.dynamodb.scan.PageLimit.Ask;
import io.sluice.dynamodb.scan.PageLimit.Whole;
import org.junit.jupiter.api.Test;

class PageLimitTest {
  private static final double EVENTUAL = 8192;
  private static final double CONSISTENT = 4096;
  private static final long MB = 1 << 20;

  @Test
  void aLargeBudgetReadsWholePages() {
    PageLimit limit = new PageLimit(EVENTUAL, 1_000_000, 1000 * MB, 10);
    assertThat(limit.page(0, 128), is(new Ask(PageLimit.NONE, 128)));
    assertThat(limit.page(5, 5000), is(new Ask(PageLimit.NONE, 128)));
    PageLimit consistent = new PageLimit(CONSISTENT, 1_000_000, 1000 * MB, 10);
    assertThat(consistent.page(0, 256), is(new Ask(PageLimit.NONE, 256)));
  }

  @Test
  void aSmallOneReadsASecondsUnits() {
    PageLimit limit = new PageLimit(EVENTUAL, 1000, 1_024_000, 1);
    assertThat(limit.page(0, 100), is(new Ask(800, 100)));
    assertThat(limit.page(1, 10), is(new Ask(80, 10)));
    PageLimit consistent = new PageLimit(CONSISTENT, 1000, 1_024_000, 1);
    assertThat(consistent.page(1, 10), is(new Ask(40, 10)));
  }

  @Test
  void aPageHasAUnitAtTheLeastAndAnItem() {
    assertThat(new PageLimit(EVENTUAL, 1000, 1_024_000, 1).page(1, 0.01), is(new Ask(8, 1)));
    PageLimit large = new PageLimit(EVENTUAL, 10, 10 * 400_000, 1);
    Ask ask = large.page(1, 2);
    assertThat(ask.limit(), is(1));
    assertThat(ask.units(), closeTo(48.8, 0.1));
  }

  @Test
  void theFirstPageOfASmallSegmentIsChargedItsSize() {
    PageLimit limit = new PageLimit(EVENTUAL, 1_000_000, 80 * 81_920, 80);
    assertThat(limit.page(0, 5000), is(new Ask(PageLimit.NONE, 10)));
    assertThat(limit.page(1, 5000), is(new Ask(PageLimit.NONE, 128)));
    assertThat(new PageLimit(EVENTUAL, 10, 10, 80).page(0, 5000).units(), is(0.5));
  }

  @Test
  void theSizeOfItemsIsLearned() {
    PageLimit limit = new PageLimit(EVENTUAL, 0, 0, 10);
    assertThat("assumed", limit.page(0, 10), is(new Ask(20, 10)));
    for (int i = 0; i < 50; i++) {
      limit.learn(40, 1, Whole.YES);
    }
    assertThat("from above", limit.page(0, 10).limit(), is(399));
    limit.learn(40, 2, Whole.YES);
    assertThat("a part of what is new", limit.page(0, 10).limit(), is(307));
  }

  @Test
  void theEndOfASegmentTellsNothingWhenItIsSmall() {
    PageLimit limit = new PageLimit(EVENTUAL, 1000, 204_800, 10);
    limit.learn(1, 0.5, Whole.NO);
    limit.learn(0, 0.5, Whole.YES);
    limit.learn(100, 0, Whole.YES);
    assertThat(limit.page(0, 10).limit(), is(400));
    limit.learn(1600, 80, Whole.NO);
    assertThat(limit.page(0, 10).limit(), is(307));
  }
}
