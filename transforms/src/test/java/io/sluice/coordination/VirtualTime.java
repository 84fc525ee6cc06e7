/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

import io.sluice.capacity.TimeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;

/**
 * A clock that jumps from one event to the next. Threads that are started by it run one at a time,
 * from one {@link #sleep} to the next, so a run with the same events is always the same.
 */
final class VirtualTime implements TimeSource, AutoCloseable {
  static final long SECOND = 1_000_000_000;

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private final Semaphore toClock = new Semaphore(0);
  private final ThreadLocal<Semaphore> toThread = new ThreadLocal<>();
  private final List<Thread> threads = new ArrayList<>();
  private long now;
  private long order;
  private Throwable failure;

  private record Event(long at, long order, Runnable action) {}

  /** Ends a thread, wherever it sleeps. */
  private static final class End extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public long nanos() {
    return now;
  }

  /** Runs an action later; it must not sleep. */
  void after(long nanos, Runnable action) {
    events.add(new Event(now + nanos, order++, action));
  }

  /** Starts a thread, which may sleep. */
  void start(Runnable body) {
    Semaphore turn = new Semaphore(0);
    Thread thread =
        new Thread(
            () -> {
              toThread.set(turn);
              try {
                await(turn);
                body.run();
              } catch (End e) {
                return;
              } catch (Throwable e) {
                failure = e;
              }
              toClock.release();
            });
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
    after(0, () -> pass(turn));
  }

  private void pass(Semaphore turn) {
    turn.release();
    toClock.acquireUninterruptibly();
  }

  /** Lets the time pass for the calling thread. */
  void sleep(long nanos) {
    Semaphore turn = toThread.get();
    after(nanos, () -> pass(turn));
    toClock.release();
    await(turn);
  }

  private static void await(Semaphore turn) {
    try {
      turn.acquire();
    } catch (InterruptedException e) {
      throw new End();
    }
  }

  /** Runs all events of this time, and calls the observer after each. */
  void run(long nanos, Runnable observer) {
    long end = now + nanos;
    while (!events.isEmpty() && events.peek().at <= end) {
      Event event = events.remove();
      now = event.at;
      event.action.run();
      if (failure != null) {
        throw new AssertionError("a thread failed", failure);
      }
      observer.run();
    }
    now = end;
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
