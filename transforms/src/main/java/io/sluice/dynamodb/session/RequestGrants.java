/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.session;

import io.sluice.capacity.Throttle;
import io.sluice.dynamodb.wire.RequestFailure;
import java.util.concurrent.TimeUnit;
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

  RequestGrants(InFlightLimit permits, Throttle throttle, CapacityWatch watch, Progress progress) {
    this.permits = permits;
    this.throttle = throttle;
    this.watch = watch;
    this.progress = progress;
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
    progress.failedOne();
    // Cut off by a cancelled worker, it may have been done.
    failed(
        failure instanceof AbortedException ? RequestFailure.TRANSIENT : RequestFailure.of(failure),
        grant);
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
