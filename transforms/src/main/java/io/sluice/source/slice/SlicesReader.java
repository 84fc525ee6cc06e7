/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.slice;

import io.sluice.item.page.Buckets;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.beam.sdk.io.BoundedSource;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads the slices of a split as pages, one slice after the other or several at once.
 *
 * @param <S> describes a slice
 */
public final class SlicesReader<S> extends BoundedSource.BoundedReader<ReadPage> {
  private final BoundedSource<ReadPage> source;
  private final int count;
  private final Queue<S> slices;
  private final ReadPages pages;
  private @Nullable ReadPage current;

  /**
   * Creates a reader, which has read nothing yet.
   *
   * @param source is what it reads
   * @param threads how many read at once, each a slice; 1 reads on the caller's thread
   */
  public SlicesReader(
      BoundedSource<ReadPage> source,
      SliceOpener<S> opener,
      Buckets buckets,
      List<S> slices,
      int threads) {
    this.source = source;
    this.count = slices.size();
    this.slices = new ConcurrentLinkedQueue<>(slices);
    int atOnce = Math.min(threads, count);
    this.pages =
        atOnce > 1
            ? new SlicesAtOnce<>(opener, buckets, this.slices, atOnce)
            : new SlicesInTurn<>(opener, buckets, this.slices);
  }

  @Override
  public boolean start() throws IOException {
    return advance();
  }

  @Override
  public boolean advance() throws IOException {
    current = pages.next();
    return current != null;
  }

  @Override
  public ReadPage getCurrent() {
    if (current == null) {
      throw new NoSuchElementException();
    }
    return current;
  }

  @Override
  public Double getFractionConsumed() {
    return count == 0 ? 1.0 : 1.0 - (double) slices.size() / count;
  }

  @Override
  public BoundedSource<ReadPage> getCurrentSource() {
    return source;
  }

  @Override
  public void close() throws IOException {
    pages.close();
  }
}
