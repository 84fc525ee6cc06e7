/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.pipelines.job.EmbeddedEngine;

/** Computes into how many buckets of keys a job divides its items. */
public final class BucketCount {
  /** The size of a bucket, of which each worker has one at a time on the heap. */
  private static final long BUCKET_BYTES = 16L << 20;

  /**
   * The number of buckets beyond which they grow, unless the user asks for more: a split of the
   * input has a page of each, and those of a terabyte would have two items each.
   */
  private static final long ORDINARY_BUCKETS = 1 << 14;

  private static final long MAX_BUCKETS = 1 << 20;

  /** The buckets for each slot in any case. */
  private static final int LEAST_OF_SLOT = 4;

  /**
   * The buckets for each slot of a cluster if there is enough input. An engine hands buckets out by
   * a hash: of n for each of s slots, the slot with most gets about n + sqrt(2 n ln s), which is
   * 1.2 times its share for two slots, 1.4 for sixteen and 1.5 for 64.
   */
  private static final int GOOD_FOR_SLOT = 32;

  /** The least size of what a split of the input has for a bucket: less does not compress. */
  private static final long PAGE_BYTES = 4L << 10;

  private static final long MAX_SPLIT_BYTES = 16L << 20;

  private BucketCount() {}

  /**
   * Returns so many buckets that all slots have about as much to do.
   *
   * @param bytes of the input, 0 or more
   * @param workers slots of the cluster; 0 when all work is in this JVM
   */
  public static long forBalance(long bytes, int workers) {
    if (workers == 0) {
      return (long) LEAST_OF_SLOT * EmbeddedEngine.processors();
    }
    long split = Math.min(MAX_SPLIT_BYTES, bytes / workers);
    long full = Math.min((long) GOOD_FOR_SLOT * workers, split / PAGE_BYTES);
    return Math.max((long) LEAST_OF_SLOT * workers, full);
  }

  /**
   * Returns enough buckets that each is small even if the estimate of bytes is wrong by some
   * factor.
   *
   * @param bytes of the input, 0 or more
   * @param least the number of buckets in any case
   */
  public static int of(long bytes, long least) {
    long most = Math.min(ORDINARY_BUCKETS, bytes / BUCKET_BYTES);
    return (int) Math.min(MAX_BUCKETS, Math.max(least, most));
  }
}
