/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb;

import io.sluice.localaws.dynamodb.expiry.Sweeper;
import io.sluice.localaws.dynamodb.table.Tables;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs what a DynamoDB does besides answering requests, on one thread that holds up no exit. */
final class Chores implements Executor, AutoCloseable {

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread daemon = new Thread(task, "dynamodb-chores");
            daemon.setDaemon(true);
            return daemon;
          });

  @Override
  public void execute(Runnable task) {
    thread.execute(task);
  }

  /** Deletes expired items again and again, unless {@code period} is zero. */
  void sweep(Tables tables, InstantSource clock, Duration period) {
    if (!period.isZero()) {
      long millis = period.toMillis();
      thread.scheduleWithFixedDelay(
          new Sweeper(tables, clock)::sweep, millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  /** Stops; what runs is interrupted. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
