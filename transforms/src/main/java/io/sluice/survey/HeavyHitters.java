/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.survey;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the most frequent of many keys, in bounded memory.
 *
 * <p>A count is never too large, and too small by at most {@link #error()}, which is at most n /
 * {@value #CAPACITY} for n keys; a key that occurs more often than that is never missed. Source:
 * Misra and Gries, "Finding repeated elements" (1982); merging as in Agarwal et al., "Mergeable
 * summaries" (2012).
 */
final class HeavyHitters implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How many keys are held after a merge; up to twice as many in between. */
  static final int CAPACITY = 1000;

  private final HashMap<String, Long> counts = new HashMap<>();
  private long error;

  void add(String key) {
    counts.merge(key, 1L, Long::sum);
    shrink();
  }

  void add(HeavyHitters other) {
    other.counts.forEach((key, n) -> counts.merge(key, n, Long::sum));
    error += other.error;
    shrink();
  }

  /** Returns the most by which a count may be too small. */
  long error() {
    return error;
  }

  /** Subtracts the count of the first surplus key from all counts. */
  private void shrink() {
    if (counts.size() <= 2 * CAPACITY) {
      return;
    }
    List<Long> sorted = new ArrayList<>(counts.values());
    sorted.sort(Comparator.reverseOrder());
    long gone = sorted.get(CAPACITY);
    counts.replaceAll((key, n) -> n - gone);
    counts.values().removeIf(n -> n <= 0);
    error += gone;
  }

  /**
   * Returns the keys with the greatest counts, the most frequent first; equal counts are ordered by
   * key.
   */
  List<Map.Entry<String, Long>> top(int n) {
    List<Map.Entry<String, Long>> all = new ArrayList<>(counts.entrySet());
    all.sort(
        Collections.reverseOrder(Map.Entry.<String, Long>comparingByValue())
            .thenComparing(Map.Entry.comparingByKey()));
    return all.subList(0, Math.min(n, all.size()));
  }
}
