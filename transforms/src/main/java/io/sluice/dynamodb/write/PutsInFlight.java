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
 * The batches of one writer that are on their way, on threads of the {@link WriteSession}. How each
 * of them ended waits here until the writer asks: all methods are called by its thread.
 *
 * @param <C> what the writer's caller remembers of an item
 */
final class PutsInFlight<C> {
  private final WriteSession session;
  private final LinkedBlockingQueue<End<C>> ended = new LinkedBlockingQueue<>();
  private final Set<Request> requests = ConcurrentHashMap.newKeySet();
  private int count;

  /** How a request ended: with a response or an error. */
  record End<C>(PutBatch<C> batch, @Nullable PutResponse response, @Nullable Throwable error) {}

  PutsInFlight(WriteSession session) {
    this.session = session;
  }

  /** Whether the end of every one was asked for. */
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
      session.unused(grant);
      throw e;
    }
  }

  /** An end that waits; null when there is none. */
  @Nullable End<C> poll() {
    return counted(ended.poll());
  }

  /** The next end; null when there is none for so long. */
  @Nullable End<C> poll(long nanos) throws InterruptedException {
    return counted(ended.poll(nanos, TimeUnit.NANOSECONDS));
  }

  private @Nullable End<C> counted(@Nullable End<C> end) {
    if (end != null) {
      count--;
    }
    return end;
  }

  /**
   * Gives all of them up, without waiting for them; DynamoDB may have taken some of the items.
   *
   * @return the bytes of the heap's share that those that are still being sent give back when they
   *     end; the others leave theirs to the writer
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
        End<C> end;
        try {
          end = session.put(batch, grant, End::new);
        } catch (Throwable e) {
          // Somebody waits for it.
          end = new End<>(batch, null, new IllegalStateException("a request was lost", e));
        }
        if (end()) {
          requests.remove(this);
          ended.add(end);
          return;
        }
      } else {
        session.unused(grant);
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
     * Gives it up, also when it has not begun; it runs in any case, for its permit must be given
     * back.
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
