/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import io.sluice.change.record.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Collects changes by their buckets, and passes on many together: a runner's bookkeeping is by
 * element. Not thread-safe.
 */
final class BucketChanges {
  /** The memory of the changes of a bucket from which on they are passed on, in bytes. */
  private static final long FULL_BYTES = 64 << 10;

  /** The most memory that changes take before all are passed on, in bytes. */
  private static final long MOST_BYTES = 16 << 20;

  private final int buckets;
  private final BiConsumer<Integer, BucketEntry> full;
  private final Map<Integer, Open> open = new HashMap<>();
  private long bytes;

  /** The changes of a bucket. */
  private static final class Open {
    private final List<Change> changes = new ArrayList<>();
    private long bytes;
  }

  /**
   * @param full receives buckets, and changes in them
   */
  BucketChanges(int buckets, BiConsumer<Integer, BucketEntry> full) {
    this.buckets = buckets;
    this.full = full;
  }

  void add(Change change) {
    int bucket = change.key().bucket(buckets);
    Open some = open.computeIfAbsent(bucket, unused -> new Open());
    some.changes.add(change);
    some.bytes += change.heapBytes();
    bytes += change.heapBytes();
    if (some.bytes >= FULL_BYTES) {
      open.remove(bucket);
      pass(bucket, some);
    } else if (bytes >= MOST_BYTES) {
      flush();
    }
  }

  /** Passes on all that are left. */
  void flush() {
    open.forEach(this::pass);
    open.clear();
  }

  private void pass(int bucket, Open some) {
    bytes -= some.bytes;
    full.accept(bucket, BucketEntry.of(some.changes));
  }
}
