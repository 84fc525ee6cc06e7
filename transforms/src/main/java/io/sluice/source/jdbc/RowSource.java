/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import io.sluice.item.page.Buckets;
import io.sluice.source.slice.ReadPage;
import io.sluice.source.slice.SlicesReader;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * A source that reads the slices of its plan, which were cut where the job was submitted. A split
 * has a plan of its own slices, since it travels by itself.
 */
final class RowSource extends BoundedSource<ReadPage> {
  private static final long serialVersionUID = 1L;

  /** How many slices each thread of a reader has: the rejections of a reader wait for its end. */
  private static final int SLICES_PER_THREAD = 4;

  private final RowOpener opener;
  private final Buckets buckets;
  private final int threads;

  RowSource(RowOpener opener, Buckets buckets, int threads) {
    this.opener = opener;
    this.buckets = buckets;
    this.threads = threads;
  }

  @Override
  public List<RowSource> split(long desiredBundleSizeBytes, PipelineOptions options) {
    int together = threads == 1 ? 1 : threads * SLICES_PER_THREAD;
    List<RowSlice> slices = opener.plan().slices();
    List<RowSource> splits = new ArrayList<>();
    for (int i = 0; i < slices.size(); i += together) {
      List<RowSlice> some = slices.subList(i, Math.min(slices.size(), i + together));
      splits.add(new RowSource(opener.of(some), buckets, threads));
    }
    return splits;
  }

  @Override
  public long getEstimatedSizeBytes(PipelineOptions options) {
    return opener.plan().bytes();
  }

  @Override
  public Coder<ReadPage> getOutputCoder() {
    return new ReadPage.PageCoder();
  }

  @Override
  public BoundedReader<ReadPage> createReader(PipelineOptions options) {
    return new SlicesReader<>(this, opener, buckets, opener.plan().slices(), threads);
  }
}
