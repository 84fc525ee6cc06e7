/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.sink;

import io.sluice.format.SinkFactory;
import io.sluice.format.SinkSettings;
import io.sluice.format.parquet.RowGroupMemory;
import io.sluice.format.registry.FileFormat;
import io.sluice.item.page.ItemPage;
import io.sluice.item.page.ScanCompleteness;
import io.sluice.schema.TableSchema;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Writes the items of pages to files, and returns which files those are.
 *
 * <p>A bundle has one file open at a time, so a JVM has as many open as it has workers. Each
 * buffers a row group of Parquet (see {@link #withRowGroupBytes}) or less than 1 MB in another
 * format, in addition to the file system's buffers: on S3 64 MB by Beam's default, if the heap has
 * 512 MB.
 *
 * <p>Every file has a unique name, and is complete when it is returned. A bundle that is retried
 * writes new files, and what remains of the first attempt is deleted if possible: only the files in
 * {@link WrittenFiles} count, not others in the folder. They contain each item of each page exactly
 * once.
 *
 * <p>An item that does not fit the schema fails the bundle.
 */
public final class WriteFiles extends PTransform<PCollection<ItemPage>, PCollection<WrittenFiles>> {
  /** The prefix of file names. */
  public static final String PART = "part-";

  /** The default size of files: 256 MB. */
  public static final long DEFAULT_FILE_BYTES = 256L << 20;

  /** The default size of row groups if the heap has room: 64 MB. */
  public static final long DEFAULT_ROW_GROUP_BYTES = 64L << 20;

  private static final long serialVersionUID = 1L;

  private final Spec spec;
  private final @Nullable PCollectionView<String> schema;

  private record Spec(
      String folder,
      FileFormat format,
      long fileBytes,
      long rowGroupBytes,
      boolean randomOrder,
      int threads)
      implements Serializable {

    Spec {
      if (fileBytes <= 0) {
        throw new IllegalArgumentException("fileBytes is " + fileBytes + ", must be above 0");
      }
      if (rowGroupBytes < RowGroupMemory.LEAST_ROW_GROUP) {
        throw new IllegalArgumentException(
            "rowGroupBytes is %d, must be at least %d"
                .formatted(rowGroupBytes, RowGroupMemory.LEAST_ROW_GROUP));
      }
      if (threads < 1) {
        throw new IllegalArgumentException("threads is " + threads + ", must be 1 or more");
      }
    }

    static Spec of(String folder, FileFormat format) {
      return new Spec(folder, format, DEFAULT_FILE_BYTES, DEFAULT_ROW_GROUP_BYTES, false, 1);
    }
  }

  private WriteFiles(Spec spec, @Nullable PCollectionView<String> schema) {
    this.spec = spec;
    this.schema = schema;
  }

  /**
   * Writes into a folder of any Beam file system, which need not exist.
   *
   * @param schema of all items, as {@link TableSchema#toJson} returns it; neither read nor waited
   *     for if the format does not need one
   */
  public static WriteFiles to(String folder, FileFormat format, PCollectionView<String> schema) {
    Objects.requireNonNull(schema);
    return new WriteFiles(Spec.of(folder, format), format.output().needsSchema() ? schema : null);
  }

  /**
   * Writes files of a format that needs no schema.
   *
   * @throws IllegalArgumentException when the format needs one
   */
  public static WriteFiles to(String folder, FileFormat format) {
    if (format.output().needsSchema()) {
      throw new IllegalArgumentException("format is " + format + ", which needs a schema");
    }
    return new WriteFiles(Spec.of(folder, format), null);
  }

  /**
   * Sets the length in bytes from which a file takes no more pages; {@link #DEFAULT_FILE_BYTES} by
   * default. A file exceeds it by at most its end and some pages for each thread.
   */
  public WriteFiles withFileBytes(long fileBytes) {
    return new WriteFiles(
        new Spec(
            spec.folder,
            spec.format,
            fileBytes,
            spec.rowGroupBytes,
            spec.randomOrder,
            spec.threads),
        schema);
  }

  /**
   * Sets how much of a Parquet file is held in memory and becomes a row group, in bytes, at least 1
   * MiB; {@link #DEFAULT_ROW_GROUP_BYTES} by default. All open files of a JVM together hold no more
   * than a quarter of its heap, so row groups may be smaller than this.
   */
  public WriteFiles withRowGroupBytes(long rowGroupBytes) {
    return new WriteFiles(
        new Spec(
            spec.folder,
            spec.format,
            spec.fileBytes,
            rowGroupBytes,
            spec.randomOrder,
            spec.threads),
        schema);
  }

  /**
   * Declares that the order of items does not depend on their contents, as in a table without a
   * sort key, which DynamoDB orders by a hash of the partition key. The first items of a Parquet
   * file then show which columns hardly repeat a value, and no dictionary is tried for those, which
   * saves time. The values read from the file are the same.
   */
  public WriteFiles withRandomOrder() {
    return new WriteFiles(
        new Spec(spec.folder, spec.format, spec.fileBytes, spec.rowGroupBytes, true, spec.threads),
        schema);
  }

  /**
   * Sets how many threads may write one file of Parquet, instead of the runner's own: for a runner
   * that writes fewer files at once than the machine has processors. Each has a row group in
   * memory.
   *
   * @param threads 1 or more
   */
  public WriteFiles withThreads(int threads) {
    return new WriteFiles(
        new Spec(
            spec.folder,
            spec.format,
            spec.fileBytes,
            spec.rowGroupBytes,
            spec.randomOrder,
            threads),
        schema);
  }

  @Override
  public PCollection<WrittenFiles> expand(PCollection<ItemPage> pages) {
    ParDo.SingleOutput<ItemPage, WrittenFiles> write = ParDo.of(new WriteFn(spec, schema));
    return pages
        .apply("Write", schema == null ? write : write.withSideInputs(schema))
        .setCoder(WrittenFilesCoder.of());
  }

  private static final class WriteFn extends DoFn<ItemPage, WrittenFiles> {
    private static final long serialVersionUID = 1L;

    private final Spec spec;
    private final @Nullable PCollectionView<String> schema;

    private transient ResourceId folder;
    private transient @Nullable SinkFactory sinks;
    private transient String name;
    private transient List<ResourceId> places;
    private transient @Nullable OpenFile file;
    private transient int part;
    private transient ScanCompleteness tally;
    private transient @Nullable BoundedWindow window;

    WriteFn(Spec spec, @Nullable PCollectionView<String> schema) {
      this.spec = spec;
      this.schema = schema;
    }

    @Setup
    public void setup() {
      folder = FileSystems.matchNewResource(spec.folder, true);
      places = new ArrayList<>();
    }

    @StartBundle
    public void startBundle() {
      discard();
      name = PART + UUID.randomUUID();
      tally = new ScanCompleteness();
      window = null;
    }

    @ProcessElement
    public void processElement(ProcessContext context, BoundedWindow pageWindow)
        throws IOException {
      ItemPage page = context.element();
      window = pageWindow;
      if (page.count() > 0) {
        if (file != null && page.part() != part) {
          context.output(finish());
        }
        if (file == null) {
          part = page.part();
          file = open(schema == null ? null : context.sideInput(schema));
        }
        file.write(page);
      }
      tally.add(page);
      if (file != null && file.bytes() >= spec.fileBytes) {
        context.output(finish());
      }
    }

    private OpenFile open(@Nullable String schemaJson) throws IOException {
      if (sinks == null) {
        sinks =
            spec.format
                .output()
                .sinks(
                    new SinkSettings(
                        schemaJson == null ? null : TableSchema.parse(schemaJson),
                        spec.rowGroupBytes,
                        spec.randomOrder,
                        spec.threads));
      }
      String number = String.format(Locale.ROOT, "-%05d", places.size());
      ResourceId place =
          folder.resolve(
              name + number + spec.format.output().suffix(), StandardResolveOptions.RESOLVE_FILE);
      places.add(place);
      return OpenFile.create(place, sinks);
    }

    /** Returns what was written since the last call. */
    private WrittenFiles finish() throws IOException {
      List<WrittenFiles.File> files = file == null ? List.of() : List.of(file.finish());
      WrittenFiles written = new WrittenFiles(files, tally);
      file = null;
      tally = new ScanCompleteness();
      return written;
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) throws IOException {
      if (window != null) {
        context.output(finish(), window.maxTimestamp(), window);
      }
      places.clear();
    }

    @Teardown
    public void teardown() {
      discard();
    }

    /** Deletes the file of a bundle that did not complete, whose output is lost with it. */
    private void discard() {
      if (file != null) {
        file.discard();
        file = null;
      }
      if (!places.isEmpty()) {
        OpenFile.delete(places);
        places.clear();
      }
    }
  }
}
