/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import io.sluice.capacity.Throttle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The batches of one writer that are in flight, on threads of the {@link WriteSession}. Completions
 * wait here until the writer polls them; all methods are called by its thread.
 *
 * @param <C> what the writer's caller remembers of an item
 */
final class PutsInFlight<C> {
  private final WriteSession session;
  private final LinkedBlockingQueue<Completion<C>> completed = new LinkedBlockingQueue<>();
  private final Set<Request> requests = ConcurrentHashMap.newKeySet();
  private int count;

  /** How a request ended: with a response or an error. */
  record Completion<C>(
      PutBatch<C> batch, @Nullable PutResponse response, @Nullable Throwable error) {}

  PutsInFlight(WriteSession session) {
    this.session = session;
  }

  /** Whether every completion has been polled. */
  boolean isEmpty() {
    return count == 0;
  }

  /** Sends a batch, for which the caller has a permit and a grant. */
  void start(PutBatch<C> batch, Throttle.Grant grant) {
    count++;
    batch.body();
    Request request = new Request(batch, grant);
    requests.add(request);
    try {
      session.execute(request);
    } catch (Throwable e) {
      requests.remove(request);
      count--;
      session.grants().unused(grant);
      throw e;
    }
  }

  /** Returns the next completed request, or null when none has completed. */
  @Nullable Completion<C> poll() {
    return counted(completed.poll());
  }

  /** Waits up to {@code nanos} for the next completed request; null on timeout. */
  @Nullable Completion<C> poll(long nanos) throws InterruptedException {
    return counted(completed.poll(nanos, TimeUnit.NANOSECONDS));
  }

  private @Nullable Completion<C> counted(@Nullable Completion<C> completion) {
    if (completion != null) {
      count--;
    }
    return completion;
  }

  /**
   * Cancels all of them, without waiting for them; DynamoDB may have taken some of the items.
   *
   * @return the bytes of memory that requests which are still being sent give back when they end;
   *     the others leave theirs to the writer
   */
  long cancel() {
    long bytes = 0;
    for (Request request : requests) {
      bytes += request.cancel();
    }
    return bytes;
  }

  private final class Request implements Runnable {
    private final PutBatch<C> batch;
    private final Throttle.Grant grant;
    private @Nullable Thread thread;
    private boolean over;
    private boolean cancelled;

    Request(PutBatch<C> batch, Throttle.Grant grant) {
      this.batch = batch;
      this.grant = grant;
    }

    @Override
    public void run() {
      if (begin()) {
        Completion<C> completion;
        try {
          completion = session.put(batch, grant, Completion::new);
        } catch (Throwable e) {
          // The writer waits for its completion.
          completion =
              new Completion<>(batch, null, new IllegalStateException("a request was lost", e));
        }
        if (end()) {
          requests.remove(this);
          completed.add(completion);
          return;
        }
      } else {
        session.grants().unused(grant);
      }
      session.heap().give(bytes());
    }

    private synchronized boolean begin() {
      thread = Thread.currentThread();
      return !cancelled;
    }

    private synchronized boolean end() {
      thread = null;
      over = true;
      return !cancelled;
    }

    private long bytes() {
      return batch.entries().stream().mapToLong(PutBatch.Entry::heapBytes).sum();
    }

    /**
     * Cancels the request, even if it has not begun. It runs in any case, because its permit must
     * be given back.
     *
     * @return the bytes that it gives back by itself when it ends
     */
    synchronized long cancel() {
      if (over || cancelled) {
        return 0;
      }
      cancelled = true;
      if (thread != null) {
        thread.interrupt();
      }
      return bytes();
    }
  }
}
