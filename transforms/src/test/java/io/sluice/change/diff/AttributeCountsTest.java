/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.diff;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** More names than are kept, in any order and by way of any sums, come to the same counts. */
class AttributeCountsTest {
  private static String name(int number) {
    return String.format(Locale.ROOT, "n%05d", number);
  }

  @Property(tries = 50)
  void theFirstNamesAreCountedExactly(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3000) int names) {
    Random random = new Random(seed);
    TreeMap<String, Long> all = new TreeMap<>();
    List<DiffCounts> parts = new ArrayList<>();
    AttributeCounts part = new AttributeCounts();
    for (int i = 0; i < 5000; i++) {
      String name = name(random.nextInt(names));
      all.merge(name, 1L, Long::sum);
      part.add(name, 1);
      if (random.nextInt(1000) == 0) {
        parts.add(of(part));
        part = new AttributeCounts();
      }
    }
    parts.add(of(part));
    DiffCounts sum = DiffCounts.sum().apply(parts);
    TreeMap<String, Long> first = new TreeMap<>();
    all.entrySet().stream()
        .limit(AttributeCounts.MOST_NAMES)
        .forEach(name -> first.put(name.getKey(), name.getValue()));
    assertThat(sum.attributes(), is(first));
    long kept = first.values().stream().mapToLong(Long::longValue).sum();
    assertThat(sum.otherAttributes(), is(5000 - kept));
  }

  private static DiffCounts of(AttributeCounts counts) {
    return new DiffCounts(0, 0, 0, 0, 0, 0, counts.names(), counts.others());
  }

  @Test
  void longNamesCountTogether() {
    AttributeCounts counts = new AttributeCounts();
    counts.add("a", 2);
    counts.add("b".repeat(AttributeCounts.LONGEST_NAME + 1), 3);
    assertThat(counts.names(), is(new TreeMap<>(Map.of("a", 2L))));
    assertThat(counts.others(), is(3L));
  }

  @Test
  void theMostFrequentComesFirst() {
    DiffCounts counts =
        new DiffCounts(0, 0, 0, 0, 0, 0, new TreeMap<>(Map.of("a", 1L, "b", 2L, "c", 1L)), 0);
    assertThat(
        counts.byFrequency(),
        is(List.of(Map.entry("b", 2L), Map.entry("a", 1L), Map.entry("c", 1L))));
  }
}
