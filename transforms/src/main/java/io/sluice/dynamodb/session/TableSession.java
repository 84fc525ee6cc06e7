/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.session;

import io.sluice.capacity.TableCapacity;
import io.sluice.capacity.Throttle;
import io.sluice.capacity.TimeSource;
import io.sluice.dynamodb.table.TableAccess;
import io.sluice.dynamodb.wire.DynamoDbWire;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The resources that the workers of one JVM share to read or write a table in one step of a job:
 * the client, its threads, the throttle and the permits of requests in flight. The first worker
 * makes it, and it ends a while after the last one leaves: a DirectRunner ends all its workers
 * between two bundles.
 */
public abstract class TableSession implements Watched {
  private static final Map<String, TableSession> OPEN = new HashMap<>();

  private final TableAccess step;
  private final DynamoDbWire wire;
  private final Duration longestRequest;
  private final ExecutorService threads;
  private final Throttle throttle;
  private final InFlightLimit permits;
  private final CapacityWatch watch;
  private final AtomicInteger workers = new AtomicInteger();
  private final AtomicInteger unownedRequests = new AtomicInteger();
  private final Progress progress = new Progress();
  private final RecentReasons reasons;
  private final RequestGrants grants;
  private Progress.@Nullable Moment told;
  private int mostWorkers;

  public TableSession(
      TableAccess step, DynamoDbWire wire, Duration longestRequest, InFlightLimit permits) {
    this.step = step;
    this.wire = wire;
    this.longestRequest = longestRequest;
    this.threads = Executors.newCachedThreadPool(CapacityWatch.daemons("sluice-" + step.table()));
    this.throttle =
        step.coordination().isEmpty()
            ? new Throttle(TimeSource.system())
            : Throttle.steady(TimeSource.system());
    this.permits = permits;
    this.watch = new CapacityWatch(this);
    this.reasons = new RecentReasons(step.table(), TimeSource.system());
    this.grants = new RequestGrants(permits, throttle, watch, progress, reasons);
  }

  /**
   * Opens the session of a step, or returns the one that is open. A worker that calls this calls
   * {@link #leave} at its end. Waits until the table is described, for up to ten minutes if that
   * fails; sessions of other steps do not wait for it.
   *
   * @throws IllegalStateException when there is no such table, or DynamoDB cannot be reached
   */
  protected static <S extends TableSession> S enter(
      TableAccess step, Class<S> kind, Supplier<S> maker) {
    return enter(step, kind, maker, TableSession::addWorker);
  }

  private void addWorker() {
    mostWorkers = Math.max(mostWorkers, workers.incrementAndGet());
    watch.share();
  }

  /**
   * Opens the session for a request that is not sent by a worker, or whose worker may have left:
   * the caller calls {@link #leaveRequest} at the request's end.
   */
  protected static <S extends TableSession> S enterRequest(
      TableAccess step, Class<S> kind, Supplier<S> maker) {
    return enter(step, kind, maker, session -> session.unownedRequests.incrementAndGet());
  }

  public void leaveRequest() {
    unownedRequests.decrementAndGet();
  }

  private static <S extends TableSession> S enter(
      TableAccess step, Class<S> kind, Supplier<S> maker, Consumer<TableSession> count) {
    while (true) {
      TableSession session = open(step, maker);
      session.watch.awaitStart();
      synchronized (OPEN) {
        // Otherwise it has ended meanwhile, because nobody used it.
        if (OPEN.get(step.step()) == session) {
          count.accept(session);
          return kind.cast(session);
        }
      }
    }
  }

  private static TableSession open(TableAccess step, Supplier<? extends TableSession> maker) {
    synchronized (OPEN) {
      TableSession session = OPEN.get(step.step());
      if (session == null) {
        session = maker.get();
        OPEN.put(step.step(), session);
        try {
          session.watch.start();
        } catch (Throwable e) {
          // In a session without a running watch, later workers would wait for ever.
          session.abandon();
          throw e;
        }
      }
      return session;
    }
  }

  /** Ends a session that could not start: the next worker makes another. */
  @Override
  public void abandon() {
    synchronized (OPEN) {
      OPEN.remove(step.step(), this);
    }
    close();
  }

  public void leave() {
    synchronized (OPEN) {
      workers.decrementAndGet();
      watch.share();
    }
  }

  /** Ends the session if no worker is left, and returns whether it did. */
  @Override
  public boolean endIfUnused() {
    synchronized (OPEN) {
      if (isUsed()) {
        return false;
      }
      OPEN.remove(step.step());
    }
    close();
    return true;
  }

  private void close() {
    watch.stop();
    threads.shutdownNow();
    ended();
    wire.close();
  }

  /** Ends what this kind of session has besides. */
  protected void ended() {}

  /** Returns a snapshot of the progress of each table on which this JVM does this kind of work. */
  public static List<Progress.Moment> moments(Progress.Kind kind) {
    return openOnes().stream()
        .map(TableSession::moment)
        .filter(moment -> moment.kind() == kind)
        .toList();
  }

  /** Returns the sessions that are open in this JVM. */
  public static List<TableSession> openOnes() {
    synchronized (OPEN) {
      return List.copyOf(OPEN.values());
    }
  }

  /** Returns the units a second that requests of this session may use, by lane. */
  @Override
  public abstract Map<String, Double> lanes(TableCapacity capacity);

  /** Returns a snapshot of the progress. */
  protected Progress.Moment moment(Progress.Kind kind, Progress.Expected expected) {
    return progress.moment(kind, expected, this);
  }

  /** Returns a snapshot of the progress. */
  public abstract Progress.Moment moment();

  @Override
  public long itemsDone() {
    return moment().done();
  }

  @Override
  public long itemsExpected() {
    return moment().total();
  }

  /** Logs the progress; called periodically, by one thread at a time. */
  @Override
  public void logProgress() {
    Progress.Moment now = moment();
    if (isUsed() && told != null) {
      Progress.log(now, told, step.budget().workers() > 0);
    }
    told = now;
  }

  public Progress progress() {
    return progress;
  }

  @Override
  public TableAccess step() {
    return step;
  }

  @Override
  public String table() {
    return step.table();
  }

  @Override
  public DynamoDbWire wire() {
    return wire;
  }

  /** Aborts requests that take too long. */
  @Override
  public void abortLong() {
    wire.abortOlderThan(longestRequest);
  }

  /** Whether there are workers, or requests without one. */
  @Override
  public boolean isUsed() {
    return workers.get() > 0 || unownedRequests.get() > 0;
  }

  public int workers() {
    return workers.get();
  }

  /**
   * Returns the workers whose share of the budget this JVM has; with DynamoDBIO a worker may leave
   * before its requests.
   */
  @Override
  public int sharers() {
    return Math.max(1, unownedRequests.get() > 0 ? mostWorkers : workers.get());
  }

  @Override
  public TimeSource time() {
    return TimeSource.system();
  }

  @Override
  public Throttle throttle() {
    return throttle;
  }

  @Override
  public InFlightLimit permits() {
    return permits;
  }

  /** Returns what requests need before they are sent. */
  public RequestGrants grants() {
    return grants;
  }

  /** Returns why DynamoDB throttled lately. */
  @Override
  public RecentReasons reasons() {
    return reasons;
  }

  public CapacityWatch watch() {
    return watch;
  }

  public void execute(Runnable task) {
    threads.execute(task);
  }

  public <T> Future<T> submit(Callable<T> task) {
    return threads.submit(task);
  }
}
