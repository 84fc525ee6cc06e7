/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bulk;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Items that DynamoDB refused, by the names of their files and their numbers there. Each is there
 * once, however often DynamoDB lists it.
 */
final class Refusals {
  /** More do not fit into memory for certain, and nobody reads them. */
  private static final int MOST = 1_000_000;

  private final Map<String, TreeMap<Long, String>> byFile = new TreeMap<>();
  private long count;

  /**
   * Adds an item.
   *
   * @param key of the object in S3
   * @param index of the item in it, from 0
   * @param message why, in DynamoDB's words
   */
  void add(String key, long index, String message) throws LoadException {
    if (count == MOST) {
      throw new LoadException("DynamoDB refused more than %,d items".formatted(MOST));
    }
    String name = StagedFile.nameOf(key);
    if (byFile.computeIfAbsent(name, n -> new TreeMap<>()).putIfAbsent(index, message) == null) {
      count++;
    }
  }

  long count() {
    return count;
  }

  /** Returns how many items of a file follow the last one that was refused; 0 if none was. */
  long after(StagedFile file) {
    TreeMap<Long, String> refused = byFile.get(file.name());
    return refused == null ? 0 : file.items() - refused.lastKey() - 1;
  }

  /** Returns the names of the files with such items. */
  TreeSet<String> files() {
    return new TreeSet<>(byFile.keySet());
  }

  /** Returns why, by the numbers of the items in a file. */
  TreeMap<Long, String> of(String file) {
    return byFile.get(file);
  }
}
