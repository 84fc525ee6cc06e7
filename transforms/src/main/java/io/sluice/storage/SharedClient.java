/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A client that is open while it is used, and for a while afterwards: its owner may not know when
 * the job ends, and its connections and threads should not outlive the job.
 *
 * @param <C> the client
 */
final class SharedClient<C extends AutoCloseable> {
  private final Supplier<C> maker;
  private final long idleNanos;
  private @Nullable C client;
  private int users;
  private long idleSince;

  /**
   * @param maker creates the client, again whenever it is needed after it was closed
   * @param idleMillis how long after its last use it is closed
   */
  SharedClient(Supplier<C> maker, long idleMillis) {
    this.maker = maker;
    this.idleNanos = TimeUnit.MILLISECONDS.toNanos(idleMillis);
  }

  /** Returns the client, which stays open until {@link #release} is called as often as this. */
  synchronized C lease() {
    C leased = client;
    if (leased == null) {
      leased = maker.get();
      client = leased;
      Thread closer = new Thread(this::closeWhenIdle, "sluice-s3-idle");
      closer.setDaemon(true);
      closer.start();
    }
    users++;
    return leased;
  }

  /** Gives the client back. */
  synchronized void release() {
    users--;
    idleSince = System.nanoTime();
    notifyAll();
  }

  /** Whether the client is open, used or not. */
  synchronized boolean isOpen() {
    return client != null;
  }

  private void closeWhenIdle() {
    C idle;
    synchronized (this) {
      try {
        for (long left = idleNanos; users > 0 || left > 0; left = left()) {
          if (users > 0) {
            wait();
          } else {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
          }
        }
      } catch (InterruptedException e) {
        // Nobody interrupts this thread; if somebody does, the client is closed when the JVM ends.
        return;
      }
      idle = client;
      client = null;
    }
    try {
      if (idle != null) {
        idle.close();
      }
    } catch (Exception e) {
      // A client that cannot be closed is left to the end of the JVM.
      Thread.currentThread().interrupt();
    }
  }

  private long left() {
    return idleNanos - (System.nanoTime() - idleSince);
  }
}
