/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.codec;

import java.util.Arrays;

/**
 * Sorts attribute names and caches the result: item after item comes with the same names in the
 * same order, and recognising that is cheaper than sorting.
 *
 * <p>At most 64 orders of at most 64 names are cached. They are shared without a lock, like those
 * of {@link NameCache}.
 */
final class NameOrder {
  private static final int SLOTS = 64;
  private static final int MAX_NAMES = 64;
  private static final NameOrder[] REMEMBERED = new NameOrder[SLOTS];

  private final String[] given;
  private final String[] sorted;

  private NameOrder(String[] given, String[] sorted) {
    this.given = given;
    this.sorted = sorted;
  }

  /**
   * Returns the names in order. Neither the result nor, from now on, the argument may be changed.
   *
   * @throws IllegalArgumentException when a name is null
   */
  static String[] sorted(String[] names) {
    int slot = names.length & (SLOTS - 1);
    NameOrder remembered = REMEMBERED[slot];
    if (remembered != null && Arrays.equals(remembered.given, names)) {
      return remembered.sorted;
    }
    for (String name : names) {
      if (name == null) {
        throw new IllegalArgumentException("an attribute's name is null");
      }
    }
    String[] sorted = names.clone();
    Arrays.sort(sorted);
    if (names.length <= MAX_NAMES) {
      REMEMBERED[slot] = new NameOrder(names, sorted);
    }
    return sorted;
  }
}
