/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** For how long, and after what pauses, a request is sent again that did not succeed. */
final class Patience {
  static final Duration RETRY_FOR = Duration.ofMinutes(10);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final int MOST_DOUBLINGS = 20;

  private Patience() {}

  /**
   * Nanoseconds to wait before the next attempt. They double from attempt to attempt; half of them
   * by chance, so that workers do not march in step.
   *
   * @param attempts how many there were, 1 or more
   */
  static long pause(int attempts) {
    long longest =
        Math.min(
            LONGEST_PAUSE.toNanos(),
            FIRST_PAUSE.toNanos() << Math.min(attempts - 1, MOST_DOUBLINGS));
    return longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2);
  }

  /** Whether it is too long since the first failure; both are moments in nanoseconds. */
  static boolean isOver(long firstFailure, long now) {
    return now - firstFailure > RETRY_FOR.toNanos();
  }
}
