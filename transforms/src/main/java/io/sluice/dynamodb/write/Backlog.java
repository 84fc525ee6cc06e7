/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import io.sluice.capacity.TimeSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The batches and items of a {@link BatchWriter} that wait to be sent again, ordered by when they
 * are due.
 */
final class Backlog<C> {
  private record Waiting<T>(T what, long due) {}

  private final TimeSource time;
  private final PriorityQueue<Waiting<PutBatch<C>>> batches =
      new PriorityQueue<>(Comparator.comparingLong(w -> w.due()));
  private final PriorityQueue<Waiting<PutBatch.Entry<C>>> entries =
      new PriorityQueue<>(Comparator.comparingLong(w -> w.due()));

  Backlog(TimeSource time) {
    this.time = time;
  }

  void add(PutBatch<C> batch, long due) {
    batches.add(new Waiting<>(batch, due));
  }

  void add(PutBatch.Entry<C> entry, long due) {
    entries.add(new Waiting<>(entry, due));
  }

  /**
   * Takes a batch that is due, or a new one of items that are due; null when there is none. Items
   * that were left have batches of their own: one that is refused as a whole has a reason.
   */
  @Nullable PutBatch<C> due(Supplier<PutBatch<C>> maker) {
    if (isDue(batches)) {
      return batches.remove().what();
    }
    if (!isDue(entries)) {
      return null;
    }
    PutBatch<C> batch = maker.get();
    while (isDue(entries) && batch.add(entries.peek().what())) {
      entries.remove();
    }
    return batch;
  }

  private boolean isDue(PriorityQueue<? extends Waiting<?>> queue) {
    return !queue.isEmpty() && queue.peek().due() - time.nanos() <= 0;
  }

  /** Returns the nanoseconds until something is due, from 0 to {@code most}. */
  long nanosUntilDue(long most) {
    long wait = most;
    long now = time.nanos();
    if (!batches.isEmpty()) {
      wait = Math.min(wait, batches.peek().due() - now);
    }
    if (!entries.isEmpty()) {
      wait = Math.min(wait, entries.peek().due() - now);
    }
    return Math.max(wait, 0);
  }

  boolean isEmpty() {
    return batches.isEmpty() && entries.isEmpty();
  }

  void clear() {
    batches.clear();
    entries.clear();
  }
}
