/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.write;

import io.sluice.bench.harness.Target;
import io.sluice.testing.dynamodb.DynamoDbProcess;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.TableSettings;
import io.sluice.testing.dynamodb.Throughput;
import java.nio.file.Path;
import java.util.function.Function;

/** Starts endpoints to write to, and warms them up. */
final class Endpoints {
  /** Units a second that no contender comes close to. */
  private static final long AMPLE = 10_000_000;

  private static final int WARM_UP_WORKERS = 16;
  private static final int WARM_UP_ITEMS = 5_000;

  private Endpoints() {}

  /** Starts an endpoint whose table has more capacity than anyone uses. */
  static DynamoDbProcess ample(Plan plan) throws Exception {
    return start(DynamoDbProcess::start, table(AMPLE), 10, Throughput.unlimited(), plan);
  }

  /** Starts the same with its items in a folder, for more of them than its memory would hold. */
  static DynamoDbProcess ampleOnDisk(Path folder, Plan plan) throws Exception {
    return start(
        settings -> DynamoDbProcess.start(settings, folder),
        table(AMPLE),
        10,
        Throughput.unlimited(),
        plan);
  }

  /**
   * Starts an endpoint that enforces the capacity that its table reports, and saves up this many
   * seconds of it.
   */
  static DynamoDbProcess limited(long unitsPerSecond, int burstSeconds, Plan plan)
      throws Exception {
    return start(
        DynamoDbProcess::start,
        table(unitsPerSecond),
        10,
        Throughput.unlimited().withBurstSeconds(burstSeconds).withWrite(unitsPerSecond),
        plan);
  }

  private static TableSettings table(long unitsPerSecond) {
    return TableSettings.of(Target.TABLE, Target.KEY).withProvisioned(unitsPerSecond, 1_000);
  }

  private static DynamoDbProcess start(
      Function<EndpointSettings, DynamoDbProcess> starter,
      TableSettings table,
      long latencyMillis,
      Throughput throughput,
      Plan plan)
      throws Exception {
    EndpointSettings settings = EndpointSettings.of(table).withLatencyMillis(latencyMillis);
    DynamoDbProcess endpoint = starter.apply(settings);
    try {
      SyncLoop loop =
          new SyncLoop(new Task(Contender.SYNC_LOOP, endpoint.endpoint(), WARM_UP_WORKERS, 200, 1));
      long end = System.nanoTime() + (long) (plan.endpointSeconds() * 1e9);
      while (System.nanoTime() < end) {
        loop.write(0, WARM_UP_ITEMS);
      }
      endpoint.change(endpoint.settings().withThroughput(throughput));
      endpoint.reset();
      return endpoint;
    } catch (Exception e) {
      endpoint.close();
      throw e;
    }
  }

  static void setLatency(DynamoDbProcess endpoint, long millis) {
    endpoint.change(endpoint.settings().withLatencyMillis(millis));
  }

  /** Sets what is enforced; {@link ClientWatch} takes care of the description. */
  static void setCapacity(DynamoDbProcess endpoint, double unitsPerSecond) {
    EndpointSettings now = endpoint.settings();
    endpoint.change(now.withThroughput(now.throughput().withWrite(unitsPerSecond)));
  }
}
