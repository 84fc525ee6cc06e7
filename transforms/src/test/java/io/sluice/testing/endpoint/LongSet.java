/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import java.util.Arrays;

/** A set of numbers, none of them 0 to it: hashes, of which one in 2^64 is. */
final class LongSet {
  private long[] slots = new long[1 << 12];
  private int size;

  boolean add(long hash) {
    long value = hash == 0 ? 1 : hash;
    if (!insert(slots, value)) {
      return false;
    }
    if (++size > slots.length / 4 * 3) {
      grow();
    }
    return true;
  }

  private static boolean insert(long[] slots, long value) {
    int mask = slots.length - 1;
    for (int i = (int) (value >>> 20) & mask; ; i = i + 1 & mask) {
      if (slots[i] == value) {
        return false;
      }
      if (slots[i] == 0) {
        slots[i] = value;
        return true;
      }
    }
  }

  private void grow() {
    long[] larger = new long[slots.length * 2];
    for (long value : slots) {
      if (value != 0) {
        insert(larger, value);
      }
    }
    slots = larger;
  }

  int size() {
    return size;
  }

  void clear() {
    Arrays.fill(slots, 0);
    size = 0;
  }
}
