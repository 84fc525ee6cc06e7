/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.book;

/** Holds different numbers in 8 to 16 bytes each. Not safe for several threads at once. */
final class LongSet {

  private long[] slots = new long[1024];
  private int size;
  private boolean zero;

  /** Adds a number, unless it is there. */
  void add(long number) {
    if (number == 0) {
      zero = true;
      return;
    }
    if (insert(slots, number)) {
      size++;
      if (size * 2L > slots.length) {
        grow();
      }
    }
  }

  int size() {
    return size + (zero ? 1 : 0);
  }

  private void grow() {
    long[] more = new long[slots.length * 2];
    for (long number : slots) {
      if (number != 0) {
        insert(more, number);
      }
    }
    slots = more;
  }

  private static boolean insert(long[] into, long number) {
    int at = (int) (number ^ (number >>> 32)) & (into.length - 1);
    while (into[at] != 0) {
      if (into[at] == number) {
        return false;
      }
      at = (at + 1) & (into.length - 1);
    }
    into[at] = number;
    return true;
  }
}
