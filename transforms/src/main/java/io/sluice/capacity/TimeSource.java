/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

/** A clock that only goes forward; what it counts from means nothing. */
@FunctionalInterface
public interface TimeSource {

  /** Nanoseconds since some moment; only differences mean something, as of the system's own. */
  long nanos();

  /** The clock of this JVM. */
  static TimeSource system() {
    return System::nanoTime;
  }
}
