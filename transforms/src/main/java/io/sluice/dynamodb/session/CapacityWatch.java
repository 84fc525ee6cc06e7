/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.session;

import io.sluice.capacity.Budget;
import io.sluice.capacity.Throttle;
import io.sluice.coordination.Allowance;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.dynamodb.table.TableLookupException;
import io.sluice.dynamodb.wire.RequestFailure;
import io.sluice.dynamodb.wire.RetryWindow;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Keeps a throttle up to date with the table's capacity: describes the table again while a job
 * runs, and soon after DynamoDB throttles. Also logs the progress, and ends a session that is not
 * used.
 */
public final class CapacityWatch {
  private static final Logger LOG = LoggerFactory.getLogger(CapacityWatch.class);

  /**
   * Short, because for as long raised capacity stays unused, and a lowered one is used beyond the
   * job's share of it without being throttled: nothing but the description shows either. DynamoDB
   * allows 2,500 descriptions a second.
   */
  private static final Duration DESCRIBE_EVERY = Duration.ofSeconds(5);

  private static final Duration DESCRIBE_AGAIN_AFTER = Duration.ofSeconds(2);
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(10);
  private static final Duration UNUSED_FOR = Duration.ofSeconds(10);

  private final Watched session;
  private final ScheduledExecutorService timer;
  private final AtomicLong describedAt = new AtomicLong();
  private final AtomicBoolean soon = new AtomicBoolean();
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final SessionShare share;
  private volatile Map<String, Double> lanes = Map.of();
  private long unusedSince;

  CapacityWatch(Watched session) {
    this.session = session;
    this.share = new SessionShare(session, this::share);
    this.timer =
        // One for waiting for DynamoDB, one for ending such waits.
        Executors.newScheduledThreadPool(2, daemons("sluice-watch-" + session.table()));
  }

  /**
   * Starts the watch: describes the table for the first time. This runs on a thread of its own,
   * because several workers may wait for it, and the first of them may be interrupted.
   */
  void start() {
    timer.execute(
        () -> {
          try {
            describeAtFirst();
            share.start();
            repeat();
            started.complete(null);
          } catch (Throwable e) {
            try {
              session.abandon();
            } finally {
              started.completeExceptionally(e);
            }
          }
        });
  }

  /**
   * Waits until the table is described.
   *
   * @throws IllegalStateException when there is no such table, or DynamoDB cannot be reached
   */
  void awaitStart() {
    try {
      started.get();
    } catch (ExecutionException e) {
      // A new exception, so that the stack trace includes this thread.
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "interrupted while the table " + session.table() + " was described", e);
    }
  }

  /** Describes the table until there is an answer, as patiently as a page is read. */
  private void describeAtFirst() throws InterruptedException {
    RetryWindow patience = new RetryWindow(session.step().retryFor());
    while (true) {
      try {
        describe(session.step()::describeFirst);
        return;
      } catch (SdkException e) {
        RequestFailure kind = RequestFailure.of(e);
        OptionalLong pause =
            kind.isPassing()
                ? patience.failed(kind, session.time().nanos() - describedAt.get())
                : OptionalLong.empty();
        if (pause.isEmpty()) {
          throw new TableLookupException(session.table(), e);
        }
        LOG.warn(
            "The table {} could not be described, and is asked for again: {}",
            session.table(),
            RequestFailure.nameOf(e));
        TimeUnit.NANOSECONDS.sleep(pause.getAsLong());
      }
    }
  }

  private void repeat() {
    // Nobody uses the session yet: the first line reports what happened since now.
    session.logProgress();
    scheduleNext();
    timer.scheduleAtFixedRate(
        session::logProgress,
        PROGRESS_EVERY.toMillis(),
        PROGRESS_EVERY.toMillis(),
        TimeUnit.MILLISECONDS);
    timer.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  /** Returns the units a second of the table that the job may use in all of its steps and JVMs. */
  double allowed() {
    return session.step().budget().ratio() * lanes.getOrDefault(Throttle.TABLE, 0.0);
  }

  void stop() {
    share.close();
    timer.shutdownNow();
  }

  private void describe(Function<DynamoDbClient, TableInfo> by) {
    describedAt.set(session.time().nanos());
    TableInfo table = by.apply(session.wire().sdk());
    // If an index is gone this fails, and the previous figures stay.
    lanes = session.lanes(table.capacity());
    share();
  }

  /**
   * Sets the throttle to this JVM's share of the table's capacity. Synchronised, lest an older
   * share overwrite a newer one.
   */
  synchronized void share() {
    Budget budget = session.step().budget();
    Allowance part = share.now();
    Map<String, Double> shared = new HashMap<>();
    lanes.forEach((name, units) -> shared.put(name, part.share() * budget.allowed(units)));
    session.throttle().allow(shared, part.until());
  }

  /**
   * Schedules a description soon: DynamoDB throttled, so the table may have less capacity than
   * before.
   */
  public void throttled() {
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

  void describeAgain() {
    if (!session.isUsed()) {
      // A job that is over must not ask for a table that may be gone by then.
      return;
    }
    try {
      describe(session.step()::describe);
    } catch (RuntimeException e) {
      // The previous figures stay; requests will show whether the table or the permission is gone.
      LOG.warn(
          "The table {} could not be described again: {}",
          session.table(),
          RequestFailure.nameOf(e));
    }
  }

  private void tick() {
    // There may be a share after a lease has ended, also when the one who renews it waits.
    share();
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

  public static ThreadFactory daemons(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
