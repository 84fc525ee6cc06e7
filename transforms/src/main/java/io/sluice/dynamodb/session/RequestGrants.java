/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.session;

import io.sluice.capacity.Throttle;
import io.sluice.dynamodb.wire.RequestFailure;
import io.sluice.dynamodb.wire.ThrottleReason;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * Hands out what a request needs before it is sent: a permit to be in flight, and a grant of units
 * of the budget. Thread-safe.
 */
public final class RequestGrants {
  private static final long PERMIT_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final InFlightLimit permits;
  private final Throttle throttle;
  private final CapacityWatch watch;
  private final Progress progress;
  private final RecentReasons reasons;

  RequestGrants(
      InFlightLimit permits,
      Throttle throttle,
      CapacityWatch watch,
      Progress progress,
      RecentReasons reasons) {
    this.permits = permits;
    this.throttle = throttle;
    this.watch = watch;
    this.progress = progress;
    this.reasons = reasons;
  }

  /**
   * Waits for a permit and a grant; the caller gives both back.
   *
   * @param units the units that the request is expected to take, above 0
   */
  public Throttle.Grant acquire(double units) throws InterruptedException {
    while (true) {
      if (!permits.tryAcquire(PERMIT_WAIT_NANOS)) {
        continue;
      }
      Throttle.Grant grant = throttle.tryAcquire(units);
      if (grant.granted()) {
        return grant;
      }
      permits.release();
      TimeUnit.NANOSECONDS.sleep(grant.waitNanos());
    }
  }

  /** Gives back the grant and the permit of a request that was not sent. */
  public void unused(Throttle.Grant grant) {
    grant.tookNothing();
    permits.release();
  }

  /** Ends the grant of a request that failed, and gives its permit back. */
  public void failed(RuntimeException failure, Throttle.Grant grant) {
    failed(failure, grant, () -> false);
  }

  /**
   * Ends the grant of a request that failed, and gives its permit back.
   *
   * @param isOfPartition whether a request that was throttled met a hot partition: no reason to
   *     send less to the others; asked when its reason is known
   */
  public void failed(
      RuntimeException failure, Throttle.Grant grant, BooleanSupplier isOfPartition) {
    progress.failedOne();
    RequestFailure kind =
        // Cut off by a cancelled worker, it may have been done.
        failure instanceof AbortedException ? RequestFailure.TRANSIENT : RequestFailure.of(failure);
    if (kind == RequestFailure.THROTTLED) {
      reasons.add(ThrottleReason.of(failure));
    }
    if (kind == RequestFailure.THROTTLED && isOfPartition.getAsBoolean()) {
      grant.refusedByPartition();
      permits.succeeded();
    } else {
      failed(kind, grant);
    }
  }

  /**
   * Ends the grant of a request that was answered, and gives its permit back.
   *
   * @param consumed units by lane; empty when DynamoDB did not report them
   * @param unprocessed units of the estimate that it left over, 0 for none
   * @param isOfPartition whether what was left over met a hot partition
   */
  public void answered(
      Throttle.Grant grant,
      Map<String, Double> consumed,
      double unprocessed,
      BooleanSupplier isOfPartition) {
    boolean besidePartition = unprocessed > 0 && isOfPartition.getAsBoolean();
    if (consumed.isEmpty()) {
      grant.outcomeUnknown();
    } else if (besidePartition) {
      grant.settleBesidePartition(consumed, unprocessed);
    } else {
      grant.settle(consumed, unprocessed);
    }
    if (unprocessed > 0 && !besidePartition) {
      watch.throttled();
      permits.pushedBack();
    } else {
      permits.succeeded();
    }
  }

  /** Ends the grant of a request that failed in this way, and gives its permit back. */
  public void failed(RequestFailure kind, Throttle.Grant grant) {
    switch (kind) {
      case THROTTLED -> {
        grant.throttled();
        watch.throttled();
        permits.pushedBack();
      }
      case TRANSIENT, UNREADABLE -> {
        grant.outcomeUnknown();
        permits.release();
      }
      default -> unused(grant);
    }
  }
}
