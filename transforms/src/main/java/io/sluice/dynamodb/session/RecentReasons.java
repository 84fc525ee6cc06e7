/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.session;

import io.sluice.capacity.TimeSource;
import io.sluice.dynamodb.wire.ThrottleReason;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers for which reasons DynamoDB throttled lately. A batch of which it leaves items has no
 * reason: then the reasons of requests that it refused as a whole count. Thread-safe.
 */
public final class RecentReasons {
  private static final Logger LOG = LoggerFactory.getLogger(RecentReasons.class);

  /** As long as a reason counts for what comes without one. */
  private static final long LATELY = Duration.ofSeconds(30).toNanos();

  private final String table;
  private final TimeSource time;
  private final Set<ThrottleReason> logged = new HashSet<>();
  private @Nullable ThrottleReason last;
  private long partitionAt;
  private long otherAt;

  RecentReasons(String table, TimeSource time) {
    this.table = table;
    this.time = time;
    this.partitionAt = time.nanos() - LATELY - 1;
    this.otherAt = partitionAt;
  }

  /** Records the reasons of a refusal: none for one that gives none. */
  synchronized void add(List<ThrottleReason> reasons) {
    long now = time.nanos();
    if (reasons.isEmpty()) {
      otherAt = now;
    }
    for (ThrottleReason reason : reasons) {
      last = reason;
      if (reason.isOfPartition()) {
        partitionAt = now;
      } else {
        otherAt = now;
      }
      if (logged.add(reason)) {
        LOG.warn("DynamoDB throttles requests for {}: {}", table, reason.advice());
      }
    }
  }

  /**
   * Whether requests were throttled lately, and only because of the limit of a partition of the
   * table or of an index.
   */
  public synchronized boolean areOfPartitions() {
    long now = time.nanos();
    return now - partitionAt <= LATELY && now - otherAt > LATELY;
  }

  /** Returns the last reason; null when there was none. */
  public synchronized @Nullable ThrottleReason last() {
    return last;
  }
}
