/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.apply;

import io.sluice.change.record.Change;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The last of some changes of one key.
 *
 * @param change the last one
 * @param count how many they are
 * @param isTied whether another had the same place in the order and made something else of the item
 */
record LatestChange(Change change, long count, boolean isTied) {

  /**
   * The greater is the later. Behind the order of changes, for those that were recorded nowhere: a
   * put is later than a delete, and the item with the greater bytes later than the other.
   */
  private static final Comparator<Change> ORDER =
      ((Comparator<Change>) Change::compareOrder)
          .thenComparing(Change::kind, Comparator.reverseOrder())
          .thenComparing(Change::item, Arrays::compareUnsigned);

  /**
   * @throws IllegalArgumentException when it is a mere mark
   */
  static LatestChange of(Change change) {
    if (change.kind() == Change.Kind.MARK) {
      throw new IllegalArgumentException("a mark says nothing of the item");
    }
    return new LatestChange(change, 1, false);
  }

  /** Returns the last of these and of others of the key, in whichever order they are added. */
  LatestChange and(LatestChange other) {
    LatestChange last = ORDER.compare(change, other.change) >= 0 ? this : other;
    boolean tied =
        last.isTied
            || (isTiedWith(other) && (isTied || other.isTied))
            || Change.isTie(change, other.change);
    return new LatestChange(last.change, count + other.count, tied);
  }

  private boolean isTiedWith(LatestChange other) {
    return change.sequence().equals(other.change.sequence());
  }

  int heapBytes() {
    return 120 + change.heapBytes();
  }
}
