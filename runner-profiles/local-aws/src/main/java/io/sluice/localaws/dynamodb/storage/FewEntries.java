/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.storage;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Sorts some entries in one array, in which a key comes right before its value. A change makes a
 * new array, so that whoever reads one may go on with it.
 */
final class FewEntries {

  /** Says how many entries make changes dear enough for another kind of map. */
  static final int MOST = 32;

  private static final byte[][] NONE = {};

  private FewEntries() {}

  /** Gives no entries. */
  static byte[][] none() {
    return NONE;
  }

  /** Finds the value of a key; null if there is none. */
  static byte[] get(byte[][] entries, byte[] key) {
    int at = find(entries, key);
    return at < 0 ? null : entries[at + 1];
  }

  /** Puts a value in the place of the one of its key, if there is one. */
  static byte[][] put(byte[][] entries, byte[] key, byte[] value) {
    int at = find(entries, key);
    if (at >= 0) {
      byte[][] changed = entries.clone();
      changed[at + 1] = value;
      return changed;
    }
    int place = ~at;
    byte[][] more = new byte[entries.length + 2][];
    System.arraycopy(entries, 0, more, 0, place);
    more[place] = key;
    more[place + 1] = value;
    System.arraycopy(entries, place, more, place + 2, entries.length - place);
    return more;
  }

  /** Removes a key, if it is there. */
  static byte[][] remove(byte[][] entries, byte[] key) {
    int at = find(entries, key);
    if (at < 0) {
      return entries;
    }
    byte[][] fewer = new byte[entries.length - 2][];
    System.arraycopy(entries, 0, fewer, 0, at);
    System.arraycopy(entries, at + 2, fewer, at, fewer.length - at);
    return fewer;
  }

  /** Gives where a key is in the array; if it is not, the complement of where it would be. */
  static int find(byte[][] entries, byte[] key) {
    int low = 0;
    int high = entries.length / 2 - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Arrays.compareUnsigned(entries[2 * middle], key);
      if (order == 0) {
        return 2 * middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return ~(2 * low);
  }

  /**
   * Reads entries.
   *
   * @param from where the first key may be at the earliest
   * @param to before which the last value is
   * @param ascends whether the first key comes first
   */
  static Iterator<ByteMap.Entry> read(byte[][] entries, int from, int to, boolean ascends) {
    return new Iterator<>() {
      private int next = ascends ? from : to - 2;

      @Override
      public boolean hasNext() {
        return ascends ? next < to : next >= from;
      }

      @Override
      public ByteMap.Entry next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        int at = next;
        next += ascends ? 2 : -2;
        return new ByteMap.Entry(entries[at], entries[at + 1]);
      }
    };
  }
}
