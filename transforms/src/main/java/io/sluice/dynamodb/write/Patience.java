/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import io.sluice.dynamodb.session.RecentReasons;
import io.sluice.dynamodb.wire.RetryWindow;
import io.sluice.dynamodb.wire.ThrottleReason;
import java.io.IOException;
import java.time.Duration;

/** Decides when a writer gives up, because DynamoDB does not take an item. Not thread-safe. */
final class Patience {
  private final Duration most;
  private final RecentReasons reasons;
  private long takenAt;

  /**
   * @param most how long an item may be refused
   * @param now a moment in nanoseconds, as those below
   */
  Patience(Duration most, RecentReasons reasons, long now) {
    this.most = most;
    this.reasons = reasons;
    this.takenAt = now;
  }

  /** Records that DynamoDB took an item. */
  void taken(long now) {
    takenAt = now;
  }

  /**
   * Checks whether to go on with an item that was refused. Those of a hot partition wait for each
   * other, so one of them may be unlucky for long: there it counts when DynamoDB last took any
   * item.
   *
   * @param why in a few words
   * @throws IOException when it is too long; its message says what helps, if DynamoDB gave a reason
   */
  void check(PutBatch.Entry<?> entry, long now, String why) throws IOException {
    if (reasons.areOfPartitions()) {
      entry.forgiveUntil(takenAt);
    }
    if (RetryWindow.isOver(entry.refusedSince(now), now, most)) {
      ThrottleReason reason = reasons.last();
      throw new IOException(
          "DynamoDB has not taken an item for "
              + most.toSeconds()
              + " s: "
              + why
              + (reason == null ? "" : "; " + reason.advice()));
    }
  }
}
