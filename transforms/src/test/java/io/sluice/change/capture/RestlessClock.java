/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.capture;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;

/**
 * The clock of a service whose machines do not quite agree on the time, and which a test moves. It
 * may also run by itself, and then leaps now and then, though not past what a stream keeps.
 */
public final class RestlessClock implements InstantSource {
  private static final int LEAP_ONCE_IN = 60;
  private static final int MOST_LEAPS = 8;
  private static final int LONGEST_STEP_MILLIS = 300;

  /** A shard iterator does not live for so long. */
  private static final Duration LEAP = Duration.ofMinutes(16);

  private final Random random;
  private Instant now = Instant.parse("2026-01-31T10:00:00.250Z");
  private Duration ahead = Duration.ZERO;
  private boolean runs;
  private int leaps;

  public RestlessClock(Random random) {
    this.random = random;
  }

  @Override
  public synchronized Instant instant() {
    if (runs) {
      now = now.plusMillis(random.nextInt(LONGEST_STEP_MILLIS));
      if (random.nextInt(LEAP_ONCE_IN) == 0 && leaps < MOST_LEAPS) {
        leaps++;
        now = now.plus(LEAP);
      }
    }
    return now.plus(ahead);
  }

  /** The time, which is not that of any machine. */
  public synchronized Instant now() {
    return now;
  }

  public synchronized void move(Duration by) {
    now = now.plus(by);
  }

  /** From now on all looks at the clock are at that of a machine, which is so much ahead. */
  public synchronized void lookAtOneThatIsAhead(Duration by) {
    ahead = by;
  }

  /** Whether it runs by itself. */
  public synchronized void setRunning(boolean newRuns) {
    runs = newRuns;
    leaps = 0;
  }
}
