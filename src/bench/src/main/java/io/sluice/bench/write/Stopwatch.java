/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.write;

import java.util.concurrent.atomic.AtomicLong;

/** From the first item that is made to the end of the writing, in this JVM. */
public final class Stopwatch {
  private static final AtomicLong BEGUN = new AtomicLong();

  private Stopwatch() {}

  static void reset() {
    BEGUN.set(0);
  }

  /** Items are being made; only the first call counts. */
  public static void begin() {
    if (BEGUN.get() == 0) {
      BEGUN.compareAndSet(0, System.nanoTime());
    }
  }

  /** Seconds since items began to be made. */
  static double seconds() {
    return (System.nanoTime() - BEGUN.get()) / 1e9;
  }
}
