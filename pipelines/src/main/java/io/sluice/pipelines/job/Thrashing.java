/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

/**
 * Distinguishes a heap that only thrashes from one that is tight: it thrashes if, for a whole
 * window, four fifths of the time went into collections, and each of them left 95 % of the heap in
 * use. A tight heap has room after a collection, or is not collected all the time. Allocates
 * nothing after construction, since it is called when no memory is left. Not thread-safe.
 */
final class Thrashing {
  static final long WINDOW_MILLIS = 10_000;
  private static final double USED = 0.95;
  private static final double TIME = 0.8;

  private final long heap;
  private final long window;

  /** When the window began; valid only if it {@link #isOpen}. */
  private long since;

  private boolean isOpen;
  private long collecting;

  /**
   * Judges a heap after the default window.
   *
   * @param heap the maximum size of the heap in bytes, 1 or more
   */
  Thrashing(long heap) {
    this(heap, WINDOW_MILLIS);
  }

  /**
   * Judges a heap after a window.
   *
   * @param heap the maximum size of the heap in bytes, 1 or more
   * @param window the milliseconds after which the heap is judged, 1 or more
   */
  Thrashing(long heap, long window) {
    this.heap = heap;
    this.window = window;
  }

  /**
   * Adds a collection, or several as one; returns whether the heap thrashes.
   *
   * @param start when all threads stopped, in milliseconds; at or after the end of the last one.
   *     For several, the end of the last one minus the time of all
   * @param end when the threads continued
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
    // Windows follow one another: a heap that begins to thrash within one is detected in the next.
    isOpen = false;
    return collecting >= span * TIME;
  }
}
