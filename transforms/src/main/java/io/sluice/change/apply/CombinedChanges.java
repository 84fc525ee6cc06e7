/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.apply;

import io.sluice.change.record.Change;
import io.sluice.item.ItemKey;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps the last change of each key, in a bounded memory, so that a key with many changes is a few
 * in the shuffle.
 */
final class CombinedChanges {
  private static final long LEAST_BYTES = 4 << 20;
  private static final long MOST_BYTES = 32 << 20;
  private static final int SHARE_OF_HEAP = 64;

  private final int buckets;
  private final long mostBytes;
  private final Blocks out;
  private final Map<ItemKey, LatestChange> keys = new HashMap<>();
  private long heldBytes;

  /** Receives blocks of changes. */
  interface Blocks {
    /**
     * @param bucket of their keys
     */
    void add(int bucket, ChangeBlock block);
  }

  /**
   * @param buckets how many there are of keys
   */
  CombinedChanges(int buckets, Blocks out) {
    this(buckets, mostBytes(Runtime.getRuntime().maxMemory()), out);
  }

  CombinedChanges(int buckets, long mostBytes, Blocks out) {
    this.buckets = buckets;
    this.mostBytes = mostBytes;
    this.out = out;
  }

  private static long mostBytes(long heap) {
    return Math.max(LEAST_BYTES, Math.min(MOST_BYTES, heap / SHARE_OF_HEAP));
  }

  void add(Change change) {
    ItemKey key = change.key();
    LatestChange added = LatestChange.of(change);
    LatestChange before = keys.get(key);
    LatestChange last = before == null ? added : before.and(added);
    keys.put(key, last);
    heldBytes += last.heapBytes() - (before == null ? 0 : before.heapBytes());
    if (heldBytes > mostBytes) {
      flush();
    }
  }

  /** Passes all changes on. */
  void flush() {
    Map<Integer, ChangeBlock.Draft> open = new HashMap<>();
    keys.forEach(
        (key, last) -> {
          int bucket = key.bucket(buckets);
          ChangeBlock.Draft draft = open.computeIfAbsent(bucket, b -> new ChangeBlock.Draft());
          draft.add(last);
          if (draft.isFull()) {
            out.add(bucket, draft.compress());
            open.remove(bucket);
          }
        });
    open.forEach((bucket, draft) -> out.add(bucket, draft.compress()));
    keys.clear();
    heldBytes = 0;
  }

  /** Returns about how many bytes of memory the changes take. */
  long heldBytes() {
    return heldBytes;
  }
}
