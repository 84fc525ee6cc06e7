/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import io.sluice.item.page.BucketPart;
import io.sluice.item.page.SourcedPage;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What a worker remembers of the items of a page until they are written. Not thread-safe. */
final class PageWrites {
  private final BoundedWindow window;
  private final int bucket;
  private final @Nullable BucketPart part;
  private int left;

  PageWrites(SourcedPage page, BoundedWindow window) {
    this.window = window;
    this.bucket = page.bucket();
    this.part = page.part();
    this.left = page.count();
  }

  BoundedWindow window() {
    return window;
  }

  /** Takes note that an item is written; a page with one that is refused never has all written. */
  void done(WriteSession session) {
    left--;
    if (left == 0 && part != null) {
      session.written(bucket, part);
    }
  }
}
