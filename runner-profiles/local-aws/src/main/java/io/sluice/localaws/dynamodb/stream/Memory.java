/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.stream;

import java.util.concurrent.atomic.AtomicLong;

/** Adds up what the records of all streams take of the heap. */
final class Memory {

  private final long max;
  private final AtomicLong bytes = new AtomicLong();

  /** Starts with nothing, and with a bound that others enforce. */
  Memory(long max) {
    this.max = max;
  }

  /** Adds bytes, or takes some away. */
  void add(long more) {
    bytes.addAndGet(more);
  }

  /** Counts the bytes beyond the bound. */
  long excess() {
    return Math.max(0, bytes.get() - max);
  }
}
