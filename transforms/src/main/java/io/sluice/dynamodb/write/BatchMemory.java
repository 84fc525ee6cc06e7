/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the bytes that all workers of a JVM hold on their way to DynamoDB.
 *
 * <p>Each worker has a small share of its own that it always gets: the rest may be held by a worker
 * that waits for the very input that this one keeps back.
 */
final class BatchMemory {
  /** The bytes that each worker may always hold: a batch of ordinary items. */
  private static final long OWN_BYTES = 256 << 10;

  private static final long MOST_BYTES = 256 << 20;

  /** The limit of this JVM: an eighth of its heap, at most 256 MB. */
  static final BatchMemory OF_JVM =
      new BatchMemory(Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 8));

  private final long most;
  private final AtomicLong held = new AtomicLong();

  BatchMemory(long most) {
    this.most = most;
  }

  /**
   * Takes bytes if they are available.
   *
   * @param own the bytes that the worker holds already
   */
  boolean tryTake(long bytes, long own) {
    if (own > 0 && own + bytes > OWN_BYTES && held.get() + bytes > most) {
      return false;
    }
    held.addAndGet(bytes);
    return true;
  }

  void give(long bytes) {
    held.addAndGet(-bytes);
  }

  long held() {
    return held.get();
  }
}
