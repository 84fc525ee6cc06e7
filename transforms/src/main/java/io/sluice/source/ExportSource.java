/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.format.FileSlice;
import io.sluice.item.page.ItemPage;
import io.sluice.item.page.ItemPageCoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A source that reads whole files of an export as pages. */
final class ExportSource extends BoundedSource<ItemPage> {
  private static final long serialVersionUID = 1L;
  private static final long MIN_SPLIT_BYTES = 1L << 20;
  private static final long MAX_SPLIT_BYTES = 64L << 20;

  /** How many splits there are at most where each may have a file open. */
  private static final int SPOOLING_SPLITS = 64;

  /** From this share of the heap on, pages wait in a file. */
  private static final int SPOOLED_SHARE = 32;

  private final ExportSpec spec;

  /** The files that a split reads, one after the other; null before the split. */
  private final @Nullable List<ExportSpec.File> files;

  private ExportSource(ExportSpec spec, @Nullable List<ExportSpec.File> files) {
    this.spec = spec;
    this.files = files;
  }

  static ExportSource of(ExportSpec spec) {
    return new ExportSource(spec, null);
  }

  @Override
  public List<ExportSource> split(long desiredBundleSizeBytes, PipelineOptions options)
      throws IOException {
    if (files != null) {
      return List.of(this);
    }
    List<ExportSpec.File> all = files();
    long total = all.stream().mapToLong(ExportSpec.File::bytes).sum();
    boolean spools = spec.spools() && total > Runtime.getRuntime().maxMemory() / SPOOLED_SHARE;
    long most = spools ? Math.max(MAX_SPLIT_BYTES, total / SPOOLING_SPLITS) : MAX_SPLIT_BYTES;
    long target = Math.max(MIN_SPLIT_BYTES, Math.min(most, desiredBundleSizeBytes));
    target = spools ? Math.max(target, total / SPOOLING_SPLITS) : target;
    List<ExportSource> splits = new ArrayList<>();
    List<ExportSpec.File> together = new ArrayList<>();
    long bytes = 0;
    for (ExportSpec.File file : all) {
      if (!together.isEmpty() && bytes + file.bytes() > target) {
        splits.add(new ExportSource(spec.withoutFiles(spools), List.copyOf(together)));
        together.clear();
        bytes = 0;
      }
      together.add(file);
      bytes += file.bytes();
    }
    splits.add(new ExportSource(spec.withoutFiles(spools), List.copyOf(together)));
    return splits;
  }

  /** Numbers the files, and gives each its parts: small ones share one. */
  private List<ExportSpec.File> files() throws IOException {
    List<MatchResult.Metadata> found = spec.selection().list();
    List<ExportSpec.File> all = new ArrayList<>();
    int part = 0;
    long inPart = 0;
    for (MatchResult.Metadata file : found) {
      FileSlice slice = spec.selection().whole(file);
      long bytes = file.sizeBytes();
      if (inPart > 0 && inPart + bytes > spec.partBytes()) {
        part++;
        inPart = 0;
      }
      // Pages are compressed in another way than the file, so they may be larger.
      int parts =
          spec.partBytes() == 0 || bytes <= spec.partBytes()
              ? 1
              : (int) Math.min(1 << 10, 2 * bytes / spec.partBytes() + 1);
      all.add(new ExportSpec.File(all.size(), slice, part, parts));
      part += parts - 1;
      inPart += bytes;
    }
    return all.isEmpty() ? List.of(new ExportSpec.File(0, null, 0, 1)) : all;
  }

  @Override
  public long getEstimatedSizeBytes(PipelineOptions options) throws IOException {
    return (files == null ? files() : files).stream().mapToLong(ExportSpec.File::bytes).sum();
  }

  @Override
  public Coder<ItemPage> getOutputCoder() {
    return ItemPageCoder.of();
  }

  @Override
  public BoundedReader<ItemPage> createReader(PipelineOptions options) throws IOException {
    return new Reader(this, files == null ? files() : files);
  }

  private static final class Reader extends BoundedReader<ItemPage> {
    private final ExportSource source;
    private final List<ExportSpec.File> files;
    private final ExportPages pages;
    private int next;
    private @Nullable ItemPage current;

    Reader(ExportSource source, List<ExportSpec.File> files) {
      this.source = source;
      this.files = files;
      this.pages = new ExportPages(source.spec);
    }

    @Override
    public boolean start() throws IOException {
      return advance();
    }

    @Override
    public boolean advance() throws IOException {
      current = pages.next();
      while (current == null && next < files.size()) {
        pages.open(files.get(next++));
        current = pages.next();
      }
      return current != null;
    }

    @Override
    public ItemPage getCurrent() {
      if (current == null) {
        throw new NoSuchElementException();
      }
      return current;
    }

    @Override
    public Double getFractionConsumed() {
      return (double) next / files.size();
    }

    @Override
    public ExportSource getCurrentSource() {
      return source;
    }

    @Override
    public void close() throws IOException {
      pages.close();
    }
  }
}
