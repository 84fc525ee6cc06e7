/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bulk;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for something to end, with pauses that become longer. */
final class LoadWait {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  private final long most;
  private final long began = System.nanoTime();
  private long pause = FIRST_PAUSE.toNanos();

  LoadWait(Duration most) {
    this.most = most.toNanos();
  }

  /** Waits a while; returns false, at once, when it has been long enough in all. */
  boolean pause() throws InterruptedIOException {
    if (System.nanoTime() - began + pause > most) {
      return false;
    }
    try {
      TimeUnit.NANOSECONDS.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while DynamoDB was loading items");
    }
    pause = Math.min(LONGEST_PAUSE.toNanos(), pause * 2);
    return true;
  }
}
