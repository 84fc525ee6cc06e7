/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import io.sluice.failure.ThreadFailure;
import io.sluice.item.page.ItemPage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Writes pages by several threads, each to a sink of its own, which are all of one file. Another
 * thread is started when those that there are do not keep up, so few pages have one sink.
 *
 * <p>Used by one thread, which waits for the others, so that they do nothing that it does not know
 * of when it goes on.
 */
public final class PageThreads {
  private static final long LOOK_MILLIS = 20;

  private final int most;
  private final Function<AtomicLong, ? extends ItemSink> maker;
  private final BlockingQueue<ItemPage> waiting;
  private final List<Thread> threads = new ArrayList<>();
  private final List<AtomicLong> bytes = new ArrayList<>();
  private volatile boolean ended;
  private volatile boolean abandoned;
  private final ThreadFailure failure = new ThreadFailure();

  /**
   * @param most the number of threads, 1 or more
   * @param maker makes the sink of a thread, which is finished and closed by it. The number has the
   *     bytes of the sink after a page; one that hands them on sets it back before
   */
  public PageThreads(int most, Function<AtomicLong, ? extends ItemSink> maker) {
    this.most = most;
    this.maker = maker;
    this.waiting = new ArrayBlockingQueue<>(2 * most);
  }

  /**
   * Hands a page to the threads; waits while they have enough.
   *
   * @throws IOException when a page that was handed over before could not be written
   */
  public void write(ItemPage page) throws IOException {
    if (threads.isEmpty()) {
      start();
    }
    try {
      boolean isTaken = waiting.offer(page);
      if (!isTaken && threads.size() < most) {
        start();
      }
      while (!isTaken) {
        failure.throwIfSet();
        isTaken = waiting.offer(page, LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    failure.throwIfSet();
  }

  private void start() {
    AtomicLong size = new AtomicLong();
    ItemSink sink = maker.apply(size);
    Thread thread = new Thread(() -> run(sink, size), "sluice-pages-" + threads.size());
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (Throwable e) {
      // There may be no more threads.
      sink.close();
      throw e;
    }
    threads.add(thread);
    bytes.add(size);
  }

  private void run(ItemSink sink, AtomicLong size) {
    try (sink) {
      while (!abandoned && !failure.isSet()) {
        // Looked at first: a page that comes after this look is not the last.
        boolean isLast = ended;
        ItemPage page = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (page != null) {
          sink.write(page);
          size.set(sink.bytes());
        } else if (isLast) {
          sink.finish();
          return;
        }
      }
    } catch (Throwable e) {
      // An Error, too, is thrown by the thread that waits.
      failure.set(e);
    }
  }

  /** Returns the bytes of all sinks together, after the pages that they have written. */
  public long bytes() {
    return bytes.stream().mapToLong(AtomicLong::get).sum();
  }

  /**
   * Waits until all pages are written and the sinks finished.
   *
   * @throws IOException when one could not be written
   */
  public void finish() throws IOException {
    ended = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    failure.throwIfSet();
  }

  /** Ends the threads, if there are still any. */
  public void abandon() {
    abandoned = true;
    boolean isInterrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          // They end after the page that they have.
          isInterrupted = true;
        }
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static IOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return (IOException) new InterruptedIOException("writing was given up").initCause(e);
  }
}
