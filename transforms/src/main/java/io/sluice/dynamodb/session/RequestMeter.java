/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.session;

import io.sluice.dynamodb.wire.RequestFailure;
import io.sluice.dynamodb.wire.ThrottleReason;
import io.sluice.report.UnitMeter;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Adds what requests of a session consumed to the units of a bundle. */
public final class RequestMeter {
  private RequestMeter() {}

  /**
   * Adds a request that was answered.
   *
   * @param units by the lanes of a {@link io.sluice.capacity.Throttle}
   * @param isThrottled whether a part of it was left over
   */
  public static void answered(
      TableSession session, Map<String, Double> units, boolean isThrottled, UnitMeter meter) {
    meter.answered(units, session.watch().allowed(), Instant.now().getEpochSecond());
    if (isThrottled) {
      meter.throttled(List.of());
    }
  }

  /** Adds a request that failed. */
  public static void failed(RuntimeException why, UnitMeter meter) {
    meter.failed();
    if (RequestFailure.of(why) == RequestFailure.THROTTLED) {
      meter.throttled(ThrottleReason.of(why).stream().map(ThrottleReason::toString).toList());
    }
  }
}
