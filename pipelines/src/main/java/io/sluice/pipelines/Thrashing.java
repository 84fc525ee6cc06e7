/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import java.util.ArrayDeque;

/**
 * Tells a heap that only thrashes from one that is tight: for ten seconds on end four fifths of the
 * time went into collections, and each of them left 95 % of the heap in use. A tight heap has room
 * behind a collection, or is not collected all the time. Not thread-safe.
 */
final class Thrashing {
  static final long WINDOW_MILLIS = 10_000;
  private static final double USED = 0.95;
  private static final double TIME = 0.8;

  private record Collection(long start, long end, long used) {}

  private final long heap;
  private final ArrayDeque<Collection> lately = new ArrayDeque<>();
  private long total;

  /**
   * @param heap the most bytes that the heap may have, 1 or more
   */
  Thrashing(long heap) {
    this.heap = heap;
  }

  /**
   * Adds a collection; gives whether the heap thrashes.
   *
   * @param start when all threads stood still, in milliseconds; at or after the last one's end
   * @param end when they went on
   * @param used bytes in use at the end
   */
  boolean after(long start, long end, long used) {
    if (used < heap * USED) {
      lately.clear();
      total = 0;
      return false;
    }
    lately.add(new Collection(start, end, used));
    total += end - start;
    // The window begins with a collection, and spans its length at least.
    while (lately.size() > 1 && end - second().start() >= WINDOW_MILLIS) {
      Collection gone = lately.remove();
      total -= gone.end() - gone.start();
    }
    long span = end - lately.getFirst().start();
    return span >= WINDOW_MILLIS && total >= span * TIME;
  }

  private Collection second() {
    var all = lately.iterator();
    all.next();
    return all.next();
  }
}
