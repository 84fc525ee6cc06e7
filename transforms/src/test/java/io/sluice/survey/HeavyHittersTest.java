/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.survey;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HeavyHittersTest {
  private static void add(HeavyHitters hitters, String key, int times) {
    for (int i = 0; i < times; i++) {
      hitters.add(key);
    }
  }

  @Test
  void fewKeysAreCountedExactly() {
    HeavyHitters hitters = new HeavyHitters();
    add(hitters, "b", 3);
    add(hitters, "a", 3);
    add(hitters, "c", 5);
    assertThat(hitters.error(), is(0L));
    assertThat(
        hitters.top(5), contains(Map.entry("c", 5L), Map.entry("a", 3L), Map.entry("b", 3L)));
    assertThat(hitters.top(1), contains(Map.entry("c", 5L)));
  }

  @Test
  void aHotKeyIsFoundAmongMoreKeysThanAreHeld() {
    HeavyHitters hitters = new HeavyHitters();
    int others = 10 * HeavyHitters.CAPACITY;
    for (int i = 0; i < others; i++) {
      hitters.add("key-" + i);
      if (i % 10 == 0) {
        hitters.add("hot");
      }
    }
    assertThat(hitters.error(), greaterThan(0L));
    assertThat(hitters.top(1).get(0).getKey(), is("hot"));
    assertThat(hitters.top(Integer.MAX_VALUE).size(), lessThanOrEqualTo(2 * HeavyHitters.CAPACITY));
  }

  /** The bounds in the Javadoc hold, whatever is counted in however many parts. */
  @Property(tries = 30)
  void countsAreWithinTheirBounds(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 4) int parts,
      @ForAll @IntRange(min = 1, max = 20_000) int keys) {
    Random random = new Random(seed);
    Map<String, Long> exact = new HashMap<>();
    List<HeavyHitters> all = new ArrayList<>();
    int n = 40_000;
    for (int part = 0; part < parts; part++) {
      HeavyHitters hitters = new HeavyHitters();
      for (int i = 0; i < n / parts; i++) {
        // The power makes some keys far more frequent than others.
        String key = "k" + (int) (keys * Math.pow(random.nextDouble(), 4));
        hitters.add(key);
        exact.merge(key, 1L, Long::sum);
      }
      all.add(hitters);
    }
    HeavyHitters sum = new HeavyHitters();
    all.forEach(sum::add);

    Map<String, Long> told = new HashMap<>();
    sum.top(Integer.MAX_VALUE).forEach(e -> told.put(e.getKey(), e.getValue()));
    assertThat(sum.error(), lessThanOrEqualTo((long) n / HeavyHitters.CAPACITY));
    exact.forEach(
        (key, count) -> {
          long known = told.getOrDefault(key, 0L);
          assertThat(key, known, lessThanOrEqualTo(count));
          assertThat(key, count - known, lessThanOrEqualTo(sum.error()));
        });
  }
}
