/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import io.sluice.dynamodb.wire.RequestFailure;
import io.sluice.item.page.ItemPage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Scans segments, several at once, on threads of the {@link ScanSession}, and hands their pages to
 * one taker. Pages of a segment come in order, those of several mixed.
 *
 * <p>When the taker does not keep up, no more pages are asked for: those that wait have at most
 * 1/32 of the heap, or 16 MB, and a page more for each segment that is read at once.
 */
final class PageFeed implements AutoCloseable, SegmentScan.Failures {
  private static final long MOST_BYTES = 16 << 20;
  private static final int PART_OF_HEAP = 32;
  private static final long BYTES_OF_EMPTY = 4 << 10;

  private final List<SegmentScan> scans = new ArrayList<>();
  private final List<Future<?>> tasks = new ArrayList<>();
  private final String table;
  private final long most;
  private final AtomicInteger throttled = new AtomicInteger();
  private final AtomicInteger retried = new AtomicInteger();

  // Guarded by this.
  private final ArrayDeque<ItemPage> ready = new ArrayDeque<>();
  private long readyBytes;
  private int running;
  private int ended;
  private @Nullable Throwable failure;
  private boolean closed;

  /** Begins to scan. */
  PageFeed(ScanSession session, List<Integer> segments) {
    this(
        session,
        segments,
        Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / PART_OF_HEAP),
        session::submit);
  }

  /**
   * @param most bytes that may wait before no more pages are asked for
   * @param threads run what scans
   */
  PageFeed(
      ScanSession session,
      List<Integer> segments,
      long most,
      Function<Callable<?>, Future<?>> threads) {
    this.table = session.table();
    this.most = most;
    for (int segment : segments) {
      scans.add(new SegmentScan(session, segment, this));
    }
    Iterator<SegmentScan> all = scans.iterator();
    int atOnce = Math.min(scans.size(), Segments.MOST_AT_ONCE);
    running = atOnce;
    try {
      for (int i = 0; i < atOnce; i++) {
        tasks.add(
            threads.apply(
                () -> {
                  scan(all);
                  return null;
                }));
      }
    } catch (Throwable e) {
      // Those that have begun would go on for nobody.
      close();
      throw e;
    }
  }

  private void scan(Iterator<SegmentScan> all) {
    Throwable problem = null;
    try {
      for (SegmentScan scan = next(all); scan != null; scan = next(all)) {
        while (!scan.hasEnded()) {
          awaitRoom();
          put(scan.next());
        }
        end();
      }
    } catch (InterruptedException e) {
      // Without the cause, which does not know the table.
      problem = new IOException("The scan of the table " + table + " was interrupted");
    } catch (Throwable e) {
      // Somebody waits for it.
      problem = e;
    }
    stop(problem);
  }

  private synchronized @Nullable SegmentScan next(Iterator<SegmentScan> all) {
    return failure == null && all.hasNext() ? all.next() : null;
  }

  private synchronized void awaitRoom() throws InterruptedException {
    while (readyBytes >= most) {
      wait();
    }
  }

  private synchronized void put(ItemPage page) {
    ready.add(page);
    readyBytes += heapBytes(page);
    notifyAll();
  }

  /** With what also an empty one takes, of which a filter may leave very many. */
  private static long heapBytes(ItemPage page) {
    return BYTES_OF_EMPTY + page.heapBytes();
  }

  private synchronized void end() {
    ended++;
  }

  private synchronized void stop(@Nullable Throwable problem) {
    running--;
    // That of a closed feed is what closing it came to.
    if (failure == null && !closed) {
      failure = problem;
    }
    notifyAll();
  }

  /**
   * Waits for a page; null when all segments are at their end.
   *
   * @throws IOException when a scan failed, also when pages of others are there, or when its thread
   *     was interrupted; and when the feed is closed
   */
  synchronized @Nullable ItemPage next() throws IOException, InterruptedException {
    while (failure == null && !closed && ready.isEmpty() && running > 0) {
      wait();
    }
    if (closed) {
      throw new IOException("the feed of pages was closed");
    }
    if (failure != null) {
      abort();
      // Anew, so that it tells of this thread too.
      throw new IOException(
          failure instanceof IOException ? failure.getMessage() : "A scan failed", failure);
    }
    ItemPage page = ready.poll();
    if (page != null) {
      readyBytes -= heapBytes(page);
      notifyAll();
    }
    return page;
  }

  /** How many segments are read to their end. */
  synchronized int ended() {
    return ended;
  }

  @Override
  public void failed(RequestFailure kind) {
    if (kind == RequestFailure.THROTTLED) {
      throttled.incrementAndGet();
    }
    retried.incrementAndGet();
  }

  /** How many requests were throttled since this was asked last. */
  int takeThrottled() {
    return throttled.getAndSet(0);
  }

  /** How many requests were to be sent again since this was asked last; throttled ones too. */
  int takeRetried() {
    return retried.getAndSet(0);
  }

  /** Ends what is on its way, without waiting for it. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    abort();
    ready.clear();
    readyBytes = 0;
  }

  private void abort() {
    scans.forEach(SegmentScan::abort);
    tasks.forEach(task -> task.cancel(true));
  }
}
