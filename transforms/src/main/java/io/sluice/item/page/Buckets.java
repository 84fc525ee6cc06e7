/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.page;

import io.sluice.item.ItemKey;
import io.sluice.item.SourcedItem;
import java.io.Serializable;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The buckets over which a job spreads its items. All items with the same key are in the same
 * bucket, unless items are spread by their contents.
 *
 * @param count of the buckets, 1 or more
 * @param by what decides which bucket an item is in
 */
public record Buckets(int count, By by) implements Serializable {
  private static final byte[] NO_KEY = {};

  /** Decides which bucket an item is in. */
  public enum By {
    /** The primary key. */
    KEY,
    /**
     * The origin and all attributes. A key that repeats thousands of times then makes no bucket
     * large.
     */
    ITEM
  }

  /** One bucket for all items. */
  public static final Buckets ONE = new Buckets(1, By.ITEM);

  public Buckets {
    if (count < 1) {
      throw new IllegalArgumentException("buckets is " + count + ", must be 1 or more");
    }
  }

  /** Returns buckets of keys. */
  public static Buckets byKey(int count) {
    return new Buckets(count, By.KEY);
  }

  /** Returns buckets of items, whatever their keys. */
  public static Buckets byItem(int count) {
    return new Buckets(count, By.ITEM);
  }

  /**
   * Adds an item to the page of its bucket.
   *
   * @param key of the item; may be null if keys do not decide
   */
  public void add(SourcedItem item, @Nullable ItemKey key, Pager pager) {
    if (by == By.KEY) {
      pager.add(key.bucket(count), key.bytes(), item);
    } else {
      pager.add(count == 1 ? 0 : bucketOf(item), NO_KEY, item);
    }
  }

  private int bucketOf(SourcedItem item) {
    // The multiplication (Fibonacci hashing) spreads hash codes that are close together.
    return (int) (((item.hashCode() * 0x9E3779B97F4A7C15L) >>> 33) % count);
  }
}
