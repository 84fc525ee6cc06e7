/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import io.sluice.item.page.BucketPart;
import io.sluice.item.page.SourcedPage;
import java.util.function.IntConsumer;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What a worker remembers of the items of a page until they are written. Not thread-safe. */
final class PageWrites {
  private final BoundedWindow window;
  private final int bucket;
  private final @Nullable BucketPart part;
  private final IntConsumer atWork;
  private int left;

  /**
   * @param atWork receives by how many the items change that are at work
   */
  PageWrites(SourcedPage page, BoundedWindow window, IntConsumer atWork) {
    this.window = window;
    this.bucket = page.bucket();
    this.part = page.part();
    this.atWork = atWork;
    this.left = page.count();
  }

  BoundedWindow window() {
    return window;
  }

  /** Takes note that an item is given to the writer. */
  void begun() {
    atWork.accept(1);
  }

  /** Takes note that an item is refused: the page never has all written. */
  void refused() {
    atWork.accept(-1);
  }

  /** Takes note that an item is written. */
  void done(WriteSession session) {
    atWork.accept(-1);
    left--;
    if (left == 0 && part != null) {
      session.written(bucket, part);
    }
  }
}
