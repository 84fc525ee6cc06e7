/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.harness;

import java.util.concurrent.atomic.AtomicLong;

/** Measures the time from the first item to the end of the work, in this JVM. */
public final class Stopwatch {
  private static final AtomicLong BEGUN = new AtomicLong();

  private Stopwatch() {}

  static void reset() {
    BEGUN.set(0);
  }

  /** Starts the watch when items are about to come; only the first call counts. */
  public static void begin() {
    if (BEGUN.get() == 0) {
      BEGUN.compareAndSet(0, System.nanoTime());
    }
  }

  /** Returns the seconds since items began to come. */
  static double seconds() {
    return (System.nanoTime() - BEGUN.get()) / 1e9;
  }
}
