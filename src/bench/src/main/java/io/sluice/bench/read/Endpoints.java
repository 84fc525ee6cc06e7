/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.read;

import io.sluice.bench.harness.Target;
import io.sluice.testing.endpoint.EndpointProcess;
import io.sluice.testing.endpoint.EndpointSettings;
import io.sluice.testing.endpoint.GeneratedItems;
import io.sluice.testing.endpoint.SimulatedTable;

/** Starts endpoints whose tables have items, and warms them up. */
final class Endpoints {
  static final long LATENCY_MILLIS = 5;

  /** Units a second that no contender comes close to; nothing else is enforced. */
  private static final long AMPLE = 10_000_000;

  /** With a single one, the endpoint would hold back a fast reader while a core is idle. */
  private static final int EVENT_LOOPS = 2;

  private Endpoints() {}

  /** Starts an endpoint with this many items. */
  static EndpointProcess of(long items, Plan plan) throws Exception {
    EndpointSettings settings =
        EndpointSettings.of(
                SimulatedTable.of(Target.TABLE, Target.KEY).withProvisioned(AMPLE, AMPLE))
            .withGenerated(new GeneratedItems(items, plan.itemBytes(), plan.attributes()))
            .withLatencyMillis(LATENCY_MILLIS)
            .withThreads(EVENT_LOOPS);
    EndpointProcess endpoint = EndpointProcess.start(settings);
    try {
      warmUp(endpoint, plan.endpointSeconds());
      return endpoint;
    } catch (Exception e) {
      endpoint.close();
      throw e;
    }
  }

  private static void warmUp(EndpointProcess endpoint, double seconds) throws Exception {
    BareScan scan = new BareScan(new Target(endpoint.endpoint()));
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (System.nanoTime() < end) {
      long unused = scan.read();
    }
  }
}
