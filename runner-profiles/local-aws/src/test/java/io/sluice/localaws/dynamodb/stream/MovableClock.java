/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.stream;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still until it is moved. */
public final class MovableClock implements InstantSource {

  private volatile Instant now;

  /** Stands at {@code now}. */
  public MovableClock(Instant now) {
    this.now = now;
  }

  /** Stands in November 2023. */
  public static MovableClock standing() {
    return new MovableClock(Instant.ofEpochSecond(1_700_000_000));
  }

  /** Moves on. */
  public synchronized void move(Duration by) {
    now = now.plus(by);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
