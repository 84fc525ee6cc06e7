/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SegmentsTest {
  private static final long GB = 1L << 30;
  private static final double AMPLE = 1e6;

  @Test
  void aTableOfUnknownSizeHasAFewSplitsForEachWorker() {
    assertThat(Segments.total(0, AMPLE, 1), is(24));
    assertThat(Segments.total(0, AMPLE, 2), is(48));
    assertThat(Segments.total(0, AMPLE, 100), is(2400));
  }

  @Test
  void ofALargeTableNoSegmentIsLarge() {
    assertThat(Segments.total(GB, AMPLE, 2), is(48));
    assertThat(Segments.total(100 * GB, AMPLE, 2), is(800));
    assertThat(Segments.total(100 * GB + 1, AMPLE, 2), is(801));
    assertThat(Segments.total(1_000_000 * GB, AMPLE, 2), is(Segments.MOST));
  }

  @Test
  void aTableThatCanDoLittleIsNotAskedForManyEmptyPages() {
    assertThat(Segments.total(0, 1.25, 2), is(25));
    assertThat(Segments.total(0, 0.25, 2), is(5));
    assertThat(Segments.total(0, 0.01, 2), is(1));
    assertThat("but for its size", Segments.total(GB, 0.01, 2), is(8));
  }

  @Test
  void aSplitHasSeveralSegmentsWhenThereAreEnough() {
    assertThat(Segments.splits(48, 2, 3), hasSize(6));
    assertThat(Segments.splits(8, 2, 2), hasSize(2));
    assertThat(Segments.splits(100, 100, 100), hasSize(100));
    assertThat(Segments.splits(8192, 100, 100), hasSize(1024));
    assertThat(Segments.splits(1, 4, 4), hasSize(1));
  }

  @Test
  void aRunnerThatWantsMoreSplitsGetsThem() {
    assertThat(Segments.splits(48, 2, 24), hasSize(24));
    assertThat(Segments.splits(48, 2, 1000), hasSize(48));
  }

  @Test
  void neighboursAreNotTogetherAndTheOrderIsAlwaysTheSame() {
    List<List<Integer>> splits = Segments.splits(4800, 10, 0);
    assertThat(splits, is(Segments.splits(4800, 10, 0)));
    long neighbours =
        splits.stream()
            .flatMapToInt(
                split -> IntStream.range(1, split.size()).map(i -> split.get(i) - split.get(i - 1)))
            .filter(distance -> Math.abs(distance) == 1)
            .count();
    assertThat(neighbours, lessThanOrEqualTo(20L));
    assertThat(splits.get(0), is(not(IntStream.range(0, 8).boxed().toList())));
  }

  @Property(tries = 500)
  void eachSegmentIsInOneSplit(
      @ForAll @IntRange(min = 1, max = 5000) int total,
      @ForAll @IntRange(min = 1, max = 300) int workers,
      @ForAll @LongRange(min = 0, max = 10_000) long wanted) {
    List<List<Integer>> splits = Segments.splits(total, workers, wanted);
    assertThat(
        splits.stream().flatMap(List::stream).sorted().toList(),
        is(IntStream.range(0, total).boxed().toList()));
    splits.forEach(
        split ->
            assertThat(
                split.size(),
                allOf(greaterThanOrEqualTo(1), lessThanOrEqualTo(Segments.MOST_AT_ONCE))));
    assertThat(splits.size(), greaterThanOrEqualTo((int) Math.min(wanted, total)));
  }
}
