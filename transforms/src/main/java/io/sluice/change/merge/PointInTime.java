/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import io.sluice.change.record.Change;
import java.io.Serializable;
import java.time.Instant;

/**
 * A point in time up to which changes are applied: a change in the same second is.
 *
 * @param instant in whole seconds, as the times of changes are
 */
public record PointInTime(Instant instant) implements Serializable {

  /** By how much the clocks of a stream's machines may differ; more is found, and fails. */
  public static final long SKEW_MILLIS = 60_000;

  /**
   * By how much they usually differ from each other, and from the clock by which a scan is timed; a
   * capture counts on it too.
   */
  static final long CLOCKS_MILLIS = 10_000;

  private static final long SECOND = 1000;

  public PointInTime {
    if (instant.getNano() != 0) {
      throw new IllegalArgumentException(
          "the point in time is "
              + instant
              + ", must be in whole seconds, as the times of changes");
    }
  }

  private long millis() {
    return instant.toEpochMilli();
  }

  /** Whether a change came later. */
  boolean isLater(Change change) {
    return change.millis() >= millis() + SECOND;
  }

  /** Whether no later change can come before it in the order of the feed. */
  boolean isSettled(Change change) {
    return change.millis() < millis() - SKEW_MILLIS;
  }
}
