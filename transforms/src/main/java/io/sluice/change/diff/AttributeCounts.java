/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.diff;

import java.util.Map;
import java.util.TreeMap;

/**
 * Counts in how many items each attribute has changed, in bounded memory. Of more than {@value
 * #MOST_NAMES} names those that come first by their text are counted, exactly and in whatever order
 * counts are added, and all others together. Not thread-safe.
 */
final class AttributeCounts {
  /** How many names are kept. */
  static final int MOST_NAMES = 1000;

  /** A longer name counts with the others: an attribute's may have 64 KB. */
  static final int LONGEST_NAME = 255;

  private final TreeMap<String, Long> names = new TreeMap<>();
  private long others;

  void add(String name, long items) {
    if (name.length() > LONGEST_NAME) {
      others += items;
      return;
    }
    names.merge(name, items, Long::sum);
    if (names.size() > MOST_NAMES) {
      // It comes after all that are kept, and so it always will: it is never kept again.
      others += names.pollLastEntry().getValue();
    }
  }

  void add(Map<String, Long> some, long someOthers) {
    some.forEach(this::add);
    others += someOthers;
  }

  /** Returns a copy of the counts of the names that are kept. */
  TreeMap<String, Long> names() {
    return new TreeMap<>(names);
  }

  /** Returns the sum of the counts of all other names. */
  long others() {
    return others;
  }
}
