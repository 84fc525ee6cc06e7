/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.format.FileSlice;
import io.sluice.item.page.Buckets;
import io.sluice.source.slice.ReadPage;
import io.sluice.source.slice.SlicesReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads the records of files. It is a {@link BoundedSource}, since that streams on every runner.
 * Beam's own source for files makes a task of every small file, and reads a file twice if two
 * patterns match it.
 */
final class ItemSource extends BoundedSource<ReadPage> {
  private static final long serialVersionUID = 1L;

  /**
   * The maximum size of a split of an ordinary input, whatever the runner wants: the DirectRunner
   * holds a whole split in memory.
   */
  static final long MAX_SPLIT_BYTES = 16L << 20;

  /**
   * The number of splits from which on they grow with the input, in place of their number. A split
   * has a page of each bucket, so the pages of a small one would be nearly empty.
   */
  private static final int ORDINARY_SPLITS = 1 << 12;

  /** The maximum size of a split of the largest inputs. */
  private static final long MAX_LARGE_SPLIT_BYTES = 256L << 20;

  /** The minimum size of a split, if there are enough files: each costs a task and a request. */
  static final long MIN_SPLIT_BYTES = 1L << 20;

  /** Enough that no thread of a reader has much left to read when the others have ended. */
  private static final int SLICES_PER_THREAD = 8;

  private final FileSelection selection;
  private final SliceReader.Recipe recipe;
  private final Buckets buckets;
  private final long minSplitBytes;

  /** The number of threads of each reader. */
  private final int threads;

  /** The slices that a split reads, one after the other; null before the split. */
  private final @Nullable List<FileSlice> slices;

  private ItemSource(
      FileSelection selection,
      SliceReader.Recipe recipe,
      Buckets buckets,
      long minSplitBytes,
      int threads,
      @Nullable List<FileSlice> slices) {
    this.selection = selection;
    this.recipe = recipe;
    this.buckets = buckets;
    this.minSplitBytes = minSplitBytes;
    this.threads = threads;
    this.slices = slices;
  }

  static ItemSource of(
      FileSelection selection, SliceReader.Recipe recipe, Buckets buckets, long minSplitBytes) {
    return new ItemSource(selection, recipe, buckets, minSplitBytes, 1, null);
  }

  /** Returns the same source with so many threads in one reader, in place of several readers. */
  ItemSource withThreads(int count) {
    return new ItemSource(selection, recipe, buckets, minSplitBytes, count, null);
  }

  @Override
  public List<ItemSource> split(long desiredBundleSizeBytes, PipelineOptions options)
      throws IOException {
    if (slices != null) {
      return List.of(this);
    }
    long bytesInAll = getEstimatedSizeBytes(options);
    long most = maxSplitBytes(bytesInAll);
    if (threads > 1) {
      long share = bytesInAll / threads / SLICES_PER_THREAD;
      // Not all of them in one split: the rejections of a split wait for its end.
      return readers(cut(Math.max(minSplitBytes, Math.min(most, share))), threads * most);
    }
    long target = Math.max(minSplitBytes, Math.min(most, desiredBundleSizeBytes));
    return readers(cut(target), target);
  }

  /** Puts slices together to splits of so many bytes. */
  private List<ItemSource> readers(List<FileSlice> all, long target) {
    List<ItemSource> splits = new ArrayList<>();
    List<FileSlice> together = new ArrayList<>();
    long bytes = 0;
    for (FileSlice slice : all) {
      if (!together.isEmpty() && bytes + slice.bytes() > target) {
        splits.add(reading(together));
        together = new ArrayList<>();
        bytes = 0;
      }
      together.add(slice);
      bytes += slice.bytes();
    }
    if (!together.isEmpty()) {
      splits.add(reading(together));
    }
    return splits;
  }

  /** Returns the maximum size of a split of an input of so many bytes. */
  static long maxSplitBytes(long inputBytes) {
    long share = inputBytes / ORDINARY_SPLITS;
    return Math.min(MAX_LARGE_SPLIT_BYTES, Math.max(MAX_SPLIT_BYTES, share));
  }

  private ItemSource reading(List<FileSlice> some) {
    return new ItemSource(FileSelection.NONE, recipe, buckets, minSplitBytes, threads, some);
  }

  private List<FileSlice> cut(long target) throws IOException {
    List<FileSlice> cut = new ArrayList<>();
    for (MatchResult.Metadata file : selection.list(recipe.format())) {
      FileSlice whole = selection.whole(file).compressedBy(recipe.compression());
      cut.addAll(FileSlices.of(file, whole, recipe.format(), target));
    }
    return cut;
  }

  @Override
  public long getEstimatedSizeBytes(PipelineOptions options) throws IOException {
    if (slices != null) {
      return slices.stream().mapToLong(FileSlice::bytes).sum();
    }
    return selection.list(recipe.format()).stream()
        .mapToLong(MatchResult.Metadata::sizeBytes)
        .sum();
  }

  @Override
  public Coder<ReadPage> getOutputCoder() {
    return new ReadPage.PageCoder();
  }

  @Override
  public BoundedReader<ReadPage> createReader(PipelineOptions options) throws IOException {
    SliceReader.Recipe how = recipe;
    return new SlicesReader<>(
        this,
        slice -> SliceReader.open(how, slice),
        buckets,
        slices == null ? cut(Long.MAX_VALUE) : slices,
        threads);
  }
}
