/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import io.sluice.item.page.SourcedPage;
import java.io.IOException;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Has a worker write no more than two buckets at a time, where these are marked: items that
 * DynamoDB throttles wait for minutes, and each bucket that has one of them would be unmarked until
 * then. Not thread-safe.
 */
final class BucketsAtWork {
  private @Nullable Bucket last;
  private @Nullable Bucket before;

  /** The items of a bucket that are neither written nor refused. */
  private static final class Bucket {
    final int number;
    int left;

    Bucket(int number) {
      this.number = number;
    }

    boolean isDone() {
      return left == 0;
    }
  }

  /**
   * Begins a page. If it is the first of another bucket than the last, waits until all that was
   * taken of the bucket before that is done.
   */
  PageWrites begin(SourcedPage page, BoundedWindow window, BatchWriter<PageWrites> writer)
      throws IOException, InterruptedException {
    if (page.part() == null) {
      return new PageWrites(page, window, change -> {});
    }
    if (last == null || last.number != page.bucket()) {
      if (before != null) {
        writer.finishUntil(before::isDone);
      }
      before = last;
      last = new Bucket(page.bucket());
    }
    Bucket bucket = last;
    return new PageWrites(page, window, change -> bucket.left += change);
  }
}
