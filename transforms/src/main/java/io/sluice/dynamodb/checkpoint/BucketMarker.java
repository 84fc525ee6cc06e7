/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.checkpoint;

import io.sluice.item.page.BucketPart;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps which buckets the workers of a JVM have written, as soon as all pages of a bucket are. What
 * cannot be kept is written again by the next start, and does not fail the job. Thread-safe.
 */
public final class BucketMarker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BucketMarker.class);
  private static final long SECONDS_TO_END = 30;

  private final BucketMarks marks;
  private final Supplier<String> table;
  private final String name = UUID.randomUUID().toString();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread keeper = new Thread(task, "sluice-marks");
            keeper.setDaemon(true);
            return keeper;
          });
  private final Map<Choice, BitSet> open = new HashMap<>();
  private final SortedMap<Integer, Long> written = new TreeMap<>();
  private boolean isDue;

  /** What the one thread knows of its file. */
  private @Nullable String identity;

  private int kept;
  private int attempts;
  private @Nullable String last;

  private record Choice(int bucket, long id) {}

  /**
   * @param table returns the identity of the table, which exists; called once
   */
  public BucketMarker(BucketMarks marks, Supplier<String> table) {
    this.marks = marks;
    this.table = table;
  }

  /** Takes note that DynamoDB has all items of a page. */
  public synchronized void written(int bucket, BucketPart part) {
    Choice choice = new Choice(bucket, part.choice());
    BitSet pages = open.computeIfAbsent(choice, c -> new BitSet(part.pages()));
    pages.set(part.number());
    if (pages.cardinality() < part.pages()) {
      return;
    }
    open.remove(choice);
    written.put(bucket, part.items());
    if (!isDue) {
      isDue = true;
      thread.execute(this::keep);
    }
  }

  private synchronized Map<Integer, Long> take() {
    isDue = false;
    return new TreeMap<>(written);
  }

  private void keep() {
    Map<Integer, Long> all = take();
    if (all.size() == kept) {
      return;
    }
    try {
      if (identity == null) {
        identity = table.get();
      }
      // Another name for each attempt: one whose answer was lost may be there, with less.
      String next = name + "-" + ++attempts;
      marks.add(next, identity, all);
      kept = all.size();
      String before = last;
      last = next;
      if (before != null) {
        marks.remove(before);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "What is written cannot be kept in {} for another start: {}",
          marks.folder(),
          e.toString());
    }
  }

  /**
   * Waits until all that is written so far is kept, or cannot be, which the patience of the store's
   * client bounds. Without effect once it is closed.
   */
  public void flush() throws InterruptedException {
    if (thread.isShutdown()) {
      return;
    }
    try {
      // After those before it, on the one thread.
      thread.submit(() -> {}).get();
    } catch (ExecutionException | RejectedExecutionException e) {
      LOG.warn("What is written may not be kept in {}", marks.folder());
    }
  }

  /** Keeps the rest, and ends. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
