/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

/**
 * Tells a heap that only thrashes from one that is tight: for a whole window four fifths of the
 * time went into collections, and each of them left 95 % of the heap in use. A tight heap has room
 * behind a collection, or is not collected all the time. Allocates nothing once it is there, since
 * it is asked where nothing is left. Not thread-safe.
 */
final class Thrashing {
  static final long WINDOW_MILLIS = 10_000;
  private static final double USED = 0.95;
  private static final double TIME = 0.8;

  private final long heap;
  private final long window;

  /** When the window began; only where it {@link #isOpen}. */
  private long since;

  private boolean isOpen;
  private long collecting;

  /**
   * @param heap the most bytes that the heap may have, 1 or more
   */
  Thrashing(long heap) {
    this(heap, WINDOW_MILLIS);
  }

  /**
   * @param heap the most bytes that the heap may have, 1 or more
   * @param window the milliseconds after which the heap is judged, 1 or more
   */
  Thrashing(long heap, long window) {
    this.heap = heap;
    this.window = window;
  }

  /**
   * Adds a collection, or several as one; gives whether the heap thrashes.
   *
   * @param start when all threads stood still, in milliseconds; at or after the last one's end. For
   *     several, their last end less the time that all of them took
   * @param end when they went on
   * @param used bytes in use at the end
   */
  boolean after(long start, long end, long used) {
    if (used < heap * USED) {
      isOpen = false;
      return false;
    }
    if (!isOpen) {
      isOpen = true;
      since = start;
      collecting = 0;
    }
    collecting += end - start;
    long span = end - since;
    if (span < window) {
      return false;
    }
    // Windows follow one another: a heap that begins to thrash within one is found by the next.
    isOpen = false;
    return collecting >= span * TIME;
  }
}
