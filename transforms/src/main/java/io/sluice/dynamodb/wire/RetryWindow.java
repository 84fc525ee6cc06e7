/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.wire;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Decides for how long, and after what pauses, a failed request is sent again.
 *
 * <p>An instance is for one request, used by one thread. It adds up the time of failing: that of
 * the attempts and of the pauses between them. Time spent waiting for a slow budget in between does
 * not count.
 */
public final class RetryWindow {
  public static final Duration RETRY_FOR = Duration.ofMinutes(10);

  /**
   * The fraction of the time for foreign answers: a server that does not speak DynamoDB's protocol
   * now is unlikely to start.
   */
  private static final int PART_FOR_UNREADABLE = 10;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final int MOST_DOUBLINGS = 20;

  private final long most;
  private long failing;
  private long unreadable;
  private int failures;

  /**
   * @param most how long a request may keep failing; for answers that are not understood, a tenth
   *     of it
   */
  public RetryWindow(Duration most) {
    this.most = most.toNanos();
  }

  /**
   * Returns how long answers may not be DynamoDB's, if a request may keep failing for this long.
   */
  public static Duration forUnreadable(Duration most) {
    return most.dividedBy(PART_FOR_UNREADABLE);
  }

  /**
   * Counts a failure that may pass.
   *
   * @param took nanoseconds from sending the request until it failed
   * @return nanoseconds to wait before the next attempt; empty when the time is up
   */
  public OptionalLong failed(RequestFailure kind, long took) {
    failures++;
    long pause = pause(failures);
    failing += took + pause;
    unreadable += kind == RequestFailure.UNREADABLE ? took + pause : 0;
    return failing > most || unreadable > most / PART_FOR_UNREADABLE
        ? OptionalLong.empty()
        : OptionalLong.of(pause);
  }

  public int failures() {
    return failures;
  }

  /**
   * Returns the nanoseconds to wait before the next attempt. They double from attempt to attempt;
   * half of them are random, so that workers do not retry in step.
   *
   * @param attempts how many there were, 1 or more
   */
  public static long pause(int attempts) {
    long longest =
        Math.min(
            LONGEST_PAUSE.toNanos(),
            FIRST_PAUSE.toNanos() << Math.min(attempts - 1, MOST_DOUBLINGS));
    return longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2);
  }

  /**
   * Whether it is too long since the first failure.
   *
   * @param firstFailure a moment in nanoseconds, as {@code now} is
   * @param most how long it may be
   */
  public static boolean isOver(long firstFailure, long now, Duration most) {
    return now - firstFailure > most.toNanos();
  }
}
