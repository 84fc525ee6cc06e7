/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb;

import io.sluice.capacity.Budget;
import io.sluice.capacity.TableCapacity;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Keeps a throttle at what the table can do: describes the table again while a job runs, soon when
 * DynamoDB throttles. Also tells of the progress now and then, and ends a session that nobody uses.
 */
final class CapacityWatch {
  private static final Logger LOG = LoggerFactory.getLogger(CapacityWatch.class);

  /**
   * Short, because a capacity that was raised is otherwise unused for as long: nothing but the
   * description tells of it. DynamoDB allows 2,500 descriptions a second.
   */
  private static final Duration DESCRIBE_EVERY = Duration.ofSeconds(20);

  private static final Duration DESCRIBE_AGAIN_AFTER = Duration.ofSeconds(5);
  private static final int FIRST_ATTEMPTS = 6;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(10);
  private static final Duration UNUSED_FOR = Duration.ofSeconds(30);

  private final TableSession session;
  private final ScheduledExecutorService timer;
  private final AtomicLong describedAt = new AtomicLong();
  private final AtomicBoolean soon = new AtomicBoolean();
  private volatile TableCapacity capacity;
  private long unusedSince;

  CapacityWatch(TableSession session) {
    this.session = session;
    this.timer =
        // One for what waits for DynamoDB, one for what ends such waiting.
        Executors.newScheduledThreadPool(
            2, TableSession.daemons("sluice-watch-" + session.table()));
  }

  /**
   * Describes the table for the first time.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when DynamoDB cannot be asked
   * @throws IllegalStateException when there is no such table
   */
  void start() {
    describeAtFirst();
    scheduleNext();
    timer.scheduleAtFixedRate(
        session::tell, PROGRESS_EVERY.toMillis(), PROGRESS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    timer.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  /** Patiently: what fails here fails the bundle. But others wait for it too, so not for long. */
  private void describeAtFirst() {
    for (int attempt = 1; ; attempt++) {
      try {
        describe();
        return;
      } catch (SdkException e) {
        if (attempt == FIRST_ATTEMPTS || !RequestFailure.of(e).isPassing()) {
          throw e;
        }
        try {
          TimeUnit.MILLISECONDS.sleep(FIRST_PAUSE.toMillis() << attempt);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw e;
        }
      }
    }
  }

  void stop() {
    timer.shutdownNow();
  }

  private void describe() {
    describedAt.set(session.time().nanos());
    TableInfo table =
        DescribeTable.named(session.table(), session.wire().sdk(), session.step().onDemand())
            .orElseThrow(
                () -> new IllegalStateException("the table " + session.table() + " is not there"));
    capacity = table.capacity();
    share();
  }

  /**
   * Sets the throttle to this JVM's share of what the table can do. One at a time, lest an older
   * share comes after a newer one.
   */
  synchronized void share() {
    TableCapacity known = capacity;
    if (known == null) {
      return;
    }
    Budget budget = session.step().budget();
    double share = budget.shareOf(session.sharers());
    Map<String, Double> lanes = new HashMap<>();
    session.lanes(known).forEach((name, units) -> lanes.put(name, share * budget.allowed(units)));
    session.throttle().allow(lanes);
  }

  /** DynamoDB throttled: the table may do less than it did. */
  void throttled() {
    if (soon.compareAndSet(false, true)) {
      long since = session.time().nanos() - describedAt.get();
      timer.schedule(
          () -> {
            soon.set(false);
            describeAgain();
          },
          Math.max(0, DESCRIBE_AGAIN_AFTER.toNanos() - since),
          TimeUnit.NANOSECONDS);
    }
  }

  private void scheduleNext() {
    long millis = DESCRIBE_EVERY.toMillis();
    long jitter = ThreadLocalRandom.current().nextLong(millis / 2) - millis / 4;
    timer.schedule(
        () -> {
          describeAgain();
          scheduleNext();
        },
        millis + jitter,
        TimeUnit.MILLISECONDS);
  }

  private void describeAgain() {
    try {
      describe();
    } catch (RuntimeException e) {
      // What was known holds on; requests tell if the table is gone or permission was taken away.
      LOG.warn(
          "The table {} could not be described again: {}",
          session.table(),
          RequestFailure.nameOf(e));
    }
  }

  private void tick() {
    session.abortLong();
    endIfUnused();
  }

  private void endIfUnused() {
    long now = session.time().nanos();
    if (session.isUsed()) {
      unusedSince = 0;
    } else if (unusedSince == 0) {
      unusedSince = now;
    } else if (now - unusedSince > UNUSED_FOR.toNanos() && session.endIfUnused()) {
      LOG.debug("Ended the session of {}", session.table());
    }
  }
}
