/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import io.sluice.failure.PayloadFormat;
import io.sluice.failure.Rejection;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

class TallyTest {

  @Provide
  Arbitrary<Tally> tallies() {
    Arbitrary<Rejection> rejections =
        Combinators.combine(
                Arbitraries.of(Rejection.Stage.class),
                Arbitraries.of(Reason.MALFORMED, Reason.HEADER, Reason.NESTING),
                Arbitraries.of("one", "two"),
                Arbitraries.of("a", "b"),
                Arbitraries.longs().between(0, 3))
            .as(
                (stage, reason, message, file, offset) ->
                    new Rejection(
                        stage,
                        reason,
                        message,
                        new Origin(file, offset),
                        new byte[1],
                        PayloadFormat.ITEM));
    Arbitrary<Map<Count, Long>> counts =
        Arbitraries.maps(Arbitraries.of(Count.class), Arbitraries.longs().between(1, 1L << 40));
    return Combinators.combine(counts, rejections.list().ofMaxSize(14)).as(TallyTest::tally);
  }

  private static Tally tally(Map<Count, Long> counts, List<Rejection> rejections) {
    Tally.Sum sum = new Tally.Sum();
    counts.forEach(sum::add);
    rejections.forEach(sum::add);
    return sum.toTally();
  }

  @Property(tries = 300)
  void theOrderOfSummingChangesNothing(
      @ForAll @From("tallies") Tally a,
      @ForAll @From("tallies") Tally b,
      @ForAll @From("tallies") Tally c) {
    assertThat(a.plus(b), equalTo(b.plus(a)));
    assertThat(a.plus(b).plus(c), equalTo(a.plus(b.plus(c))));
    assertThat(c.plus(a).plus(b), equalTo(a.plus(b.plus(c))));
    assertThat(a.plus(Tally.EMPTY), equalTo(a));
    assertThat(Tally.EMPTY.plus(a), equalTo(a));
  }

  @Property(tries = 100)
  void aSumChangesNeitherPart(@ForAll @From("tallies") Tally a, @ForAll @From("tallies") Tally b)
      throws Exception {
    SerializableCoder<Tally> coder = SerializableCoder.of(Tally.class);
    Tally before = CoderUtils.clone(coder, a);
    assertThat(before, equalTo(a));
    Tally unused = a.plus(b);
    assertThat(a, equalTo(before));
  }

  @Test
  void counts() {
    Tally tally =
        tally(Map.of(Count.READ, 3L), List.of())
            .plus(tally(Map.of(Count.READ, 4L, Count.WRITTEN, 1L), List.of()));
    assertThat(tally.count(Count.READ), is(7L));
    assertThat(tally.count(Count.WRITTEN), is(1L));
    assertThat(tally.count(Count.SKIPPED), is(0L));
    assertThat(tally.rejected(), is(0L));
  }

  private static Rejection rejection(Reason reason, String file, long offset) {
    return new Rejection(
        Rejection.Stage.READ,
        reason,
        "why",
        new Origin(file, offset),
        new byte[] {1},
        PayloadFormat.ITEM);
  }

  @Test
  void examplesAreTheFirstByFileAndOffset() {
    Tally.Sum sum = new Tally.Sum();
    for (int i = 30; i >= 0; i--) {
      sum.add(rejection(i % 2 == 0 ? Reason.HEADER : Reason.MALFORMED, i < 25 ? "b" : "a", i));
    }
    Tally tally = sum.toTally();
    assertThat(tally.rejected(), is(31L));
    assertThat(tally.rejections(), is(Map.of(Reason.HEADER, 16L, Reason.MALFORMED, 15L)));
    assertThat(
        tally.examples().stream().map(r -> r.origin().file() + r.origin().offset()).toList(),
        is(List.of("a25", "a26", "a27", "a28", "a29", "a30", "b0", "b1", "b2", "b3")));
    for (Rejection example : tally.examples()) {
      assertThat(example.payload().length, is(0));
    }
  }

  @Test
  void addsUp() {
    assertThat(Tally.EMPTY.addsUp(), is(true));
    EnumMap<Count, Long> counts = new EnumMap<>(Count.class);
    counts.put(Count.READ, 16L);
    counts.put(Count.SKIPPED, 1L);
    counts.put(Count.DUPLICATES, 2L);
    counts.put(Count.WITHHELD, 4L);
    counts.put(Count.WRITTEN, 8L);
    List<Rejection> one = List.of(rejection(Reason.HEADER, "a", 0));
    assertThat(tally(counts, one).addsUp(), is(true));
    assertThat(tally(counts, List.of()).addsUp(), is(false));
    counts.merge(Count.WRITTEN, 1L, Long::sum);
    assertThat(tally(counts, one).addsUp(), is(false));
  }
}
