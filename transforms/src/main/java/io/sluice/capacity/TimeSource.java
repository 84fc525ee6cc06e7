/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

/** A clock that only goes forward, with an arbitrary origin. */
@FunctionalInterface
public interface TimeSource {

  /**
   * Returns nanoseconds since an arbitrary moment; only differences are meaningful, as with {@link
   * System#nanoTime}.
   */
  long nanos();

  /** The clock of this JVM. */
  static TimeSource system() {
    return System::nanoTime;
  }
}
