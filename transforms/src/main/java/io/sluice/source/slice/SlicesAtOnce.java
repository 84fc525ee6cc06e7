/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.slice;

import io.sluice.failure.ThreadFailure;
import io.sluice.item.page.Buckets;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads slices on several threads of its own, each of which takes the next slice when it has read
 * one. The order of the results varies. A few of them wait for the caller; then the threads do.
 *
 * @param <S> describes a slice
 */
final class SlicesAtOnce<S> implements ReadPages {
  private static final int WAITING_PER_THREAD = 16;
  private static final long LOOK_MILLIS = 100;

  private final Queue<S> slices;
  private final List<Thread> threads = new ArrayList<>();
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();

  /** How many more results may wait. */
  private final Semaphore room;

  /** How many threads have not ended; less than 0 before they begin. */
  private int running = -1;

  /** The failure of a thread, which has no more messages. */
  private final ThreadFailure failure = new ThreadFailure();

  /** A result, or without one the end of a thread. */
  private record Message(@Nullable ReadPage page) {}

  /**
   * Creates the threads, which begin with the first call of {@link #next}.
   *
   * @param slices is safe for use by several threads
   * @param count of threads
   */
  SlicesAtOnce(SliceOpener<S> opener, Buckets buckets, Queue<S> slices, int count) {
    this.slices = slices;
    this.room = new Semaphore(count * WAITING_PER_THREAD);
    for (int i = 1; i <= count; i++) {
      Thread thread = new Thread(() -> read(opener, buckets), "sluice-read-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
  }

  private void read(SliceOpener<S> opener, Buckets buckets) {
    try (ReadPages pages = new SlicesInTurn<>(opener, buckets, slices)) {
      for (ReadPage page = pages.next(); page != null; page = pages.next()) {
        room.acquire();
        messages.add(new Message(page));
      }
      messages.add(new Message(null));
    } catch (Throwable e) {
      // Also when it was interrupted, by close: nobody waits then. There may be no memory for more.
      failure.set(e);
    }
  }

  @Override
  public @Nullable ReadPage next() throws IOException {
    if (running < 0) {
      running = threads.size();
      threads.forEach(Thread::start);
    }
    while (running > 0) {
      Message message = await();
      if (message.page != null) {
        room.release();
        return message.page;
      }
      running--;
    }
    return null;
  }

  private Message await() throws IOException {
    try {
      Message message = messages.poll();
      while (message == null) {
        failure.throwIfSet();
        message = messages.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      return message;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading");
    }
  }

  /** Ends the threads: each at the end of its page or its slice, or when it next waits. */
  @Override
  public void close() {
    slices.clear();
    threads.forEach(Thread::interrupt);
  }
}
