/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.format.FileCompression;
import io.sluice.format.FileSlice;
import io.sluice.format.Format;
import io.sluice.format.UnreadableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.io.Compression;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads the records of files. It is a {@link BoundedSource}, since that streams on every runner.
 * Beam's own source for files makes a task of every small file, and reads a file twice if two
 * patterns match it.
 */
final class ItemSource extends BoundedSource<ReadRecord> {
  private static final long serialVersionUID = 1L;

  /**
   * The maximum size of a split, whatever the runner wants: the DirectRunner holds a whole split in
   * memory.
   */
  static final long MAX_SPLIT_BYTES = 16L << 20;

  /** The minimum size of a split, if there are enough files: each costs a task and a request. */
  static final long MIN_SPLIT_BYTES = 1L << 20;

  private final FileSelection selection;
  private final SliceReader.Recipe recipe;
  private final long minSplitBytes;

  /** The slices that a split reads, one after the other; null before the split. */
  private final @Nullable List<FileSlice> slices;

  private ItemSource(
      FileSelection selection,
      SliceReader.Recipe recipe,
      long minSplitBytes,
      @Nullable List<FileSlice> slices) {
    this.selection = selection;
    this.recipe = recipe;
    this.minSplitBytes = minSplitBytes;
    this.slices = slices;
  }

  static ItemSource of(FileSelection selection, SliceReader.Recipe recipe, long minSplitBytes) {
    return new ItemSource(selection, recipe, minSplitBytes, null);
  }

  @Override
  public List<ItemSource> split(long desiredBundleSizeBytes, PipelineOptions options)
      throws IOException {
    if (slices != null) {
      return List.of(this);
    }
    long target = Math.max(minSplitBytes, Math.min(MAX_SPLIT_BYTES, desiredBundleSizeBytes));
    List<ItemSource> splits = new ArrayList<>();
    List<FileSlice> together = new ArrayList<>();
    long bytes = 0;
    for (FileSlice slice : cut(target)) {
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

  private ItemSource reading(List<FileSlice> some) {
    return new ItemSource(FileSelection.NONE, recipe, minSplitBytes, some);
  }

  private List<FileSlice> cut(long target) throws IOException {
    List<FileSlice> cut = new ArrayList<>();
    for (MatchResult.Metadata file : selection.list(recipe.format())) {
      FileSlice whole = selection.whole(file).compressedBy(recipe.compression());
      if (file.sizeBytes() <= target || whole.check() != null || !isSplittable(whole, file)) {
        cut.add(whole);
        continue;
      }
      for (long start = 0; start < file.sizeBytes(); start += target) {
        long end = Math.min(file.sizeBytes(), start + target);
        cut.add(
            new FileSlice(file.resourceId(), start, end, end - start, recipe.compression(), null));
      }
    }
    return cut;
  }

  private boolean isSplittable(FileSlice whole, MatchResult.Metadata file) throws IOException {
    if (!file.isReadSeekEfficient()) {
      return false;
    }
    try (InputStream in = Channels.newInputStream(FileSystems.open(whole.file()))) {
      PushbackInputStream raw = FileCompression.raw(in);
      return whole.compression().of(whole.filename(), raw) == Compression.UNCOMPRESSED
          && recipe.format().splittable(raw.readNBytes(Format.HEAD_BYTES));
    } catch (IOException e) {
      throw new UnreadableFileException(whole.file(), e);
    }
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
  public Coder<ReadRecord> getOutputCoder() {
    return new ReadRecord.RecordCoder();
  }

  @Override
  public BoundedReader<ReadRecord> createReader(PipelineOptions options) throws IOException {
    return new Reader(this, slices == null ? cut(Long.MAX_VALUE) : slices);
  }

  private static final class Reader extends BoundedReader<ReadRecord> {
    private final ItemSource source;
    private final List<FileSlice> slices;
    private int nextSlice;
    private @Nullable SliceReader reader;
    private @Nullable ReadRecord current;

    Reader(ItemSource source, List<FileSlice> slices) {
      this.source = source;
      this.slices = slices;
    }

    @Override
    public boolean start() throws IOException {
      return advance();
    }

    @Override
    public boolean advance() throws IOException {
      while (true) {
        if (reader != null) {
          current = reader.next();
          if (current != null) {
            return true;
          }
          close();
        }
        if (nextSlice == slices.size()) {
          return false;
        }
        reader = SliceReader.open(source.recipe, slices.get(nextSlice++));
      }
    }

    @Override
    public ReadRecord getCurrent() {
      if (current == null) {
        throw new NoSuchElementException();
      }
      return current;
    }

    @Override
    public Double getFractionConsumed() {
      return slices.isEmpty() ? 1.0 : (double) nextSlice / slices.size();
    }

    @Override
    public ItemSource getCurrentSource() {
      return source;
    }

    @Override
    public void close() throws IOException {
      if (reader != null) {
        reader.close();
        reader = null;
      }
    }
  }
}
