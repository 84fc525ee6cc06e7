/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb;

import io.sluice.capacity.Throttle;
import io.sluice.capacity.TimeSource;
import io.sluice.item.KeySchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * What the workers of one JVM share that write to a table for one step of a job: the client, its
 * threads, the throttle and the places in flight. It is made by the first of them, and ends a while
 * after the last: a DirectRunner ends all its workers between two bundles.
 */
final class TableSession {
  private static final int FIRST_IN_FLIGHT = 8;
  private static final Map<String, TableSession> OPEN = new HashMap<>();

  private final WriteSpec spec;
  private final BatchPutClient puts;
  private final ExecutorService threads;
  private final Throttle throttle;
  private final InFlightLimit places;
  private final CapacityWatch watch;
  private final WriteProgress progress = new WriteProgress();
  private final AtomicInteger workers = new AtomicInteger();
  private final AtomicInteger strangers = new AtomicInteger();
  private int mostWorkers;
  private final String tableJson;

  private TableSession(WriteSpec spec, AwsOptions options) {
    this.spec = spec;
    this.tableJson = quoted(spec.table());
    this.puts = Clients.forWriting(spec.client(), options, spec.table());
    this.threads = Executors.newCachedThreadPool(daemons("sluice-put-" + spec.table()));
    this.throttle = new Throttle(TimeSource.system());
    this.places = new InFlightLimit(FIRST_IN_FLIGHT, Clients.MAX_IN_FLIGHT);
    this.watch = new CapacityWatch(this, puts);
  }

  /**
   * Opens the session of a step, or gives the one that is open; a worker that calls this calls
   * {@link #leave} at its end.
   */
  static TableSession enter(WriteSpec spec, AwsOptions options) {
    synchronized (OPEN) {
      TableSession session = open(spec, options);
      session.mostWorkers = Math.max(session.mostWorkers, session.workers.incrementAndGet());
      session.watch.share();
      return session;
    }
  }

  /**
   * The same for a request that is not sent by a worker, which may have left before: the caller
   * calls {@link #leaveRequest} at the request's end.
   */
  static TableSession enterRequest(WriteSpec spec, AwsOptions options) {
    synchronized (OPEN) {
      TableSession session = open(spec, options);
      session.strangers.incrementAndGet();
      return session;
    }
  }

  void leaveRequest() {
    strangers.decrementAndGet();
  }

  private static TableSession open(WriteSpec spec, AwsOptions options) {
    synchronized (OPEN) {
      TableSession session = OPEN.get(spec.step());
      if (session == null) {
        session = new TableSession(spec, options);
        OPEN.put(spec.step(), session);
        try {
          session.watch.start();
        } catch (RuntimeException e) {
          OPEN.remove(spec.step());
          session.close();
          throw e;
        }
      }
      return session;
    }
  }

  void leave() {
    synchronized (OPEN) {
      workers.decrementAndGet();
      watch.share();
    }
  }

  /** Ends the session if no worker is left; whether it did. */
  boolean endIfUnused() {
    synchronized (OPEN) {
      if (isUsed()) {
        return false;
      }
      OPEN.remove(spec.step());
    }
    close();
    return true;
  }

  private void close() {
    watch.stop();
    threads.shutdownNow();
    puts.close();
  }

  static List<WriteProgress.Moment> moments() {
    List<TableSession> open;
    synchronized (OPEN) {
      open = List.copyOf(OPEN.values());
    }
    return open.stream().map(session -> session.progress.moment(session)).toList();
  }

  static ThreadFactory daemons(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  private static String quoted(String table) {
    // The names of tables, and ARNs, need no escapes.
    return '"' + table + '"';
  }

  String table() {
    return spec.table();
  }

  String tableJson() {
    return tableJson;
  }

  KeySchema schema() {
    return spec.schema();
  }

  WriteSpec spec() {
    return spec;
  }

  /** Whether there are workers, or requests of others. */
  boolean isUsed() {
    return workers.get() > 0 || strangers.get() > 0;
  }

  int workers() {
    return workers.get();
  }

  /** Workers whose share this JVM has; those of DynamoDBIO's requests may have left before. */
  int sharers() {
    return Math.max(1, strangers.get() > 0 ? mostWorkers : workers.get());
  }

  TimeSource time() {
    return TimeSource.system();
  }

  Throttle throttle() {
    return throttle;
  }

  InFlightLimit places() {
    return places;
  }

  /**
   * Units that a batch may take: a second's, so that one of large items is no burst that a small
   * table cannot take; but at least those of a batch of small items.
   */
  double unitsOfBatch() {
    return Math.max(PutBatch.MAX_ITEMS, throttle.usage().allowed());
  }

  HeapBudget heap() {
    return HeapBudget.OF_JVM;
  }

  WriteProgress progress() {
    return progress;
  }

  CapacityWatch watch() {
    return watch;
  }

  void execute(Runnable request) {
    threads.execute(request);
  }

  /** Makes a result of what a request ended with. */
  interface Ending<C, R> {
    R of(PutBatch<C> batch, @Nullable PutResponse response, @Nullable Throwable error);
  }

  /** Sends a batch, for which there is a place and a grant, and gives both back. */
  <C, R> R put(PutBatch<C> batch, Throttle.Grant grant, Ending<C, R> ending) {
    try {
      PutResponse response = puts.put(batch.body(), batch.attempts() > 0);
      settle(grant, response, batch.size(), batch.units());
      return ending.of(batch, response, null);
    } catch (RuntimeException e) {
      progress.failedOne();
      // Cut off by a writer that was cancelled, it may have been done.
      failed(
          e instanceof AbortedException ? RequestFailure.TRANSIENT : RequestFailure.of(e), grant);
      return ending.of(batch, null, e);
    } catch (Throwable e) {
      grant.lost();
      places.leave();
      return ending.of(batch, null, e);
    }
  }

  /** Gives back the grant and the place of a request that was not sent. */
  void unused(Throttle.Grant grant) {
    grant.dropped();
    places.leave();
  }

  /** Ends the grant of a request that failed, and gives its place back. */
  void failed(RequestFailure kind, Throttle.Grant grant) {
    switch (kind) {
      case THROTTLED -> {
        grant.refused();
        watch.throttled();
        places.pushedBack();
      }
      case TRANSIENT -> {
        grant.lost();
        places.leave();
      }
      default -> unused(grant);
    }
  }

  /** Ends the grant of a batch that DynamoDB answered; gives how many items it left over. */
  int settle(Throttle.Grant grant, PutResponse response, int items, double units) {
    int left = response.unprocessed().size();
    if (response.consumed().isEmpty()) {
      grant.lost();
    } else {
      grant.settle(response.consumed(), units * left / items);
    }
    if (left > 0) {
      watch.throttled();
      places.pushedBack();
    } else {
      places.succeeded();
    }
    return left;
  }
}
