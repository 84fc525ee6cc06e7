/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.codec;

import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Finds the order in which to write attributes that come in another order, and caches it: item
 * after item comes with the same names in the same order, and recognising that is cheaper than
 * sorting.
 *
 * <p>One order is cached for each number of names up to 63. Not for use by several threads.
 */
public final class AttributeOrder {
  private static final int SLOTS = 64;
  private static final int[] AS_THEY_ARE = {};

  private final String[][] given = new String[SLOTS][];
  private final int[][] orders = new int[SLOTS][];

  /**
   * Returns the positions of the names, from 0, in the order of the names; null when they are in
   * order.
   *
   * @throws IllegalArgumentException when a name occurs twice
   */
  public int @Nullable [] of(String[] names, int from, int count) {
    if (count >= SLOTS) {
      return nullIfInOrder(sort(names, from, count));
    }
    String[] remembered = given[count];
    if (remembered != null) {
      int i = 0;
      while (i < count && isSame(remembered[i], names[from + i])) {
        i++;
      }
      if (i == count) {
        return nullIfInOrder(orders[count]);
      }
    }
    int[] order = sort(names, from, count);
    given[count] = Arrays.copyOfRange(names, from, from + count);
    orders[count] = order;
    return nullIfInOrder(order);
  }

  // Names come from a cache, so equal names are mostly the same object.
  @SuppressWarnings({"ReferenceEquality", "StringEquality"})
  private static boolean isSame(String name, String other) {
    return name == other || name.equals(other);
  }

  private static int @Nullable [] nullIfInOrder(int[] order) {
    return order.length == 0 ? null : order;
  }

  private static int[] sort(String[] names, int from, int count) {
    int[] order = count < SLOTS ? insertionSort(names, from, count) : merge(names, from, count);
    boolean inOrder = true;
    for (int i = 0; i < count; i++) {
      inOrder &= order[i] == i;
      if (i > 0 && names[from + order[i]].equals(names[from + order[i - 1]])) {
        throw new IllegalArgumentException("an attribute comes twice");
      }
    }
    return inOrder ? AS_THEY_ARE : order;
  }

  /** Sorts few names, which are mostly in order but for one or two. */
  private static int[] insertionSort(String[] names, int from, int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      String name = names[from + i];
      int at = i;
      while (at > 0 && names[from + order[at - 1]].compareTo(name) > 0) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = i;
    }
    return order;
  }

  private static int[] merge(String[] names, int from, int count) {
    Integer[] places = new Integer[count];
    Arrays.setAll(places, i -> i);
    Arrays.sort(places, (a, b) -> names[from + a].compareTo(names[from + b]));
    int[] order = new int[count];
    Arrays.setAll(order, i -> places[i]);
    return order;
  }
}
