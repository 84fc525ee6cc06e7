/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.read;

import io.sluice.bench.harness.Target;
import io.sluice.testing.dynamodb.DynamoDbProcess;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.GeneratedItems;
import io.sluice.testing.dynamodb.TableSettings;

/** Starts endpoints whose tables have items, and warms them up. */
final class Endpoints {
  static final long LATENCY_MILLIS = 5;

  /** Units a second that no contender comes close to; nothing else is enforced. */
  private static final long AMPLE = 10_000_000;

  private Endpoints() {}

  /** Starts an endpoint with this many items. */
  static DynamoDbProcess of(long items, Plan plan) throws Exception {
    EndpointSettings settings =
        EndpointSettings.of(
                TableSettings.of(Target.TABLE, Target.KEY).withProvisioned(AMPLE, AMPLE))
            .withGenerated(
                new GeneratedItems(Math.toIntExact(items), plan.itemBytes(), plan.attributes()))
            .withLatencyMillis(LATENCY_MILLIS);
    DynamoDbProcess endpoint = DynamoDbProcess.start(settings);
    try {
      warmUp(endpoint, plan.endpointSeconds());
      return endpoint;
    } catch (Exception e) {
      endpoint.close();
      throw e;
    }
  }

  private static void warmUp(DynamoDbProcess endpoint, double seconds) throws Exception {
    BareScan scan = new BareScan(new Target(endpoint.endpoint()));
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (System.nanoTime() < end) {
      long unused = scan.read();
    }
  }
}
