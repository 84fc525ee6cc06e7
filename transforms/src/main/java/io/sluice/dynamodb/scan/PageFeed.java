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
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Scans several segments concurrently, on threads of the {@link ScanSession}, and hands their pages
 * to one consumer. Pages of a segment come in order, those of several segments interleaved.
 *
 * <p>When the consumer does not keep up, no more pages are requested: waiting pages take at most
 * 1/32 of the heap, or 16 MB, plus one page for each segment that is being read.
 */
final class PageFeed implements AutoCloseable, SegmentScan.Failures, KeptGroup.Pages {
  private static final long MOST_BYTES = 16 << 20;
  private static final int PART_OF_HEAP = 32;
  private static final long BYTES_OF_EMPTY = 4 << 10;

  private final List<SegmentScan> scans = new ArrayList<>();
  private final ScanSession session;

  /** The group of each segment, if pages are kept for a later start. */
  private final Map<SegmentScan, KeptGroup> groups;

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

  /** Starts the scan. */
  PageFeed(ScanSession session, List<Integer> segments) {
    this(
        session,
        segments,
        Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / PART_OF_HEAP),
        session::submit);
  }

  /**
   * @param most bytes that may wait before no more pages are requested
   * @param threads run the scans
   */
  PageFeed(
      ScanSession session,
      List<Integer> segments,
      long most,
      Function<Callable<?>, Future<?>> threads) {
    this.session = session;
    this.table = session.table();
    this.most = most;
    for (int segment : segments) {
      scans.add(new SegmentScan(session, segment, this));
    }
    this.groups = KeptGroup.of(session.spec(), scans, this);
    Iterator<SegmentScan> all = scans.iterator();
    int atOnce = Math.min(scans.size(), session.spec().segmentsAtOnce());
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
      // Scans that have started would go on with nobody to take their pages.
      close();
      throw e;
    }
  }

  private void scan(Iterator<SegmentScan> all) {
    Throwable problem = null;
    try {
      for (SegmentScan scan = next(all); scan != null; scan = next(all)) {
        KeptGroup group = groups.get(scan);
        if (group == null) {
          readAll(scan);
        } else {
          group.readAll(scan);
        }
        end();
      }
    } catch (InterruptedException e) {
      // Without the cause, which does not know the table.
      problem = new IOException("The scan of the table " + table + " was interrupted");
    } catch (Throwable e) {
      // The consumer waits for it.
      problem = e;
    }
    stop(problem);
  }

  private void readAll(SegmentScan scan) throws IOException, InterruptedException {
    while (!scan.hasEnded()) {
      awaitRoom();
      put(scan.next());
    }
  }

  private synchronized @Nullable SegmentScan next(Iterator<SegmentScan> all) {
    return failure == null && all.hasNext() ? all.next() : null;
  }

  @Override
  public synchronized void awaitRoom() throws InterruptedException {
    while (readyBytes >= most) {
      wait();
    }
  }

  @Override
  public void put(ItemPage read) throws IOException {
    ItemPage page = session.keep(read);
    synchronized (this) {
      add(page);
    }
  }

  private void add(ItemPage page) {
    ready.add(page);
    readyBytes += heapBytes(page);
    notifyAll();
  }

  /** Includes the overhead of an empty page, of which a filter may leave very many. */
  private static long heapBytes(ItemPage page) {
    return BYTES_OF_EMPTY + page.heapBytes();
  }

  private synchronized void end() {
    ended++;
  }

  private synchronized void stop(@Nullable Throwable problem) {
    running--;
    // A failure after closing is a consequence of closing.
    if (failure == null && !closed) {
      failure = problem;
    }
    notifyAll();
  }

  /**
   * Waits for a page; null when all segments have ended.
   *
   * @throws IOException when a scan failed, even if there are pages of others, or when its thread
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
      // A new exception, so that the stack trace includes this thread.
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

  /** Returns how many segments are read to their end. */
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

  /** Returns how many requests were throttled since the last call. */
  int takeThrottled() {
    return throttled.getAndSet(0);
  }

  /**
   * Returns how many requests had to be sent again since the last call, including throttled ones.
   */
  int takeRetried() {
    return retried.getAndSet(0);
  }

  /** Aborts the requests in flight, without waiting for them. */
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
