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
 * Writes the items of pages into files, and tells which files those are.
 *
 * <p>A bundle has one file open at a time, so a JVM has as many as it has workers. Each holds back
 * a row group of Parquet (see {@link #withRowGroupBytes}) or less than 1 MB of another format,
 * besides what the file system buffers: of S3 64 MB as Beam sets it, where the heap has 512 MB.
 *
 * <p>Every file has a name of its own, and is whole once it is told. A bundle that is tried again
 * writes others, and what is left of the first is deleted where that can be done: the files that
 * count are those of the {@link WrittenFiles}, and no others in the folder. In those each item of
 * each page is once.
 *
 * <p>An item that does not fit the schema fails the bundle.
 */
public final class WriteFiles extends PTransform<PCollection<ItemPage>, PCollection<WrittenFiles>> {
  /** The names of files begin so. */
  public static final String PART = "part-";

  /** How large files become: 256 MB. */
  public static final long DEFAULT_FILE_BYTES = 256L << 20;

  /** How large row groups become where the heap has room: 64 MB. */
  public static final long DEFAULT_ROW_GROUP_BYTES = 64L << 20;

  private static final long serialVersionUID = 1L;

  private final Spec spec;
  private final @Nullable PCollectionView<String> schema;

  private record Spec(
      String folder, FileFormat format, long fileBytes, long rowGroupBytes, boolean randomOrder)
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
    }

    static Spec of(String folder, FileFormat format) {
      return new Spec(folder, format, DEFAULT_FILE_BYTES, DEFAULT_ROW_GROUP_BYTES, false);
    }
  }

  private WriteFiles(Spec spec, @Nullable PCollectionView<String> schema) {
    this.spec = spec;
    this.schema = schema;
  }

  /**
   * Writes into a folder of any of Beam's file systems, which need not be there.
   *
   * @param schema of all items, as {@link TableSchema#toJson} gives it; not looked at, nor waited
   *     for, when the format does not need one
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
   * The length from which on a file takes no more pages, in bytes; {@link #DEFAULT_FILE_BYTES} when
   * it is not set. A file is longer by at most what a page and the end of the file take.
   */
  public WriteFiles withFileBytes(long fileBytes) {
    return new WriteFiles(
        new Spec(spec.folder, spec.format, fileBytes, spec.rowGroupBytes, spec.randomOrder),
        schema);
  }

  /**
   * How much of a file of Parquet is held in memory and becomes a row group, in bytes, at least 1
   * MiB; {@link #DEFAULT_ROW_GROUP_BYTES} when it is not set. All open files of a JVM together hold
   * no more than a quarter of its heap, so row groups may be smaller than this.
   */
  public WriteFiles withRowGroupBytes(long rowGroupBytes) {
    return new WriteFiles(
        new Spec(spec.folder, spec.format, spec.fileBytes, rowGroupBytes, spec.randomOrder),
        schema);
  }

  /**
   * Says that items come in an order that has nothing to do with what is in them, as those of a
   * table without a sort key do: DynamoDB has them in the order of a hash of their partition key.
   * Then the first items of a file of Parquet tell which columns hardly repeat a value, and for
   * those no dictionary is tried, which saves time. What is read from the file is the same.
   */
  public WriteFiles withRandomOrder() {
    return new WriteFiles(
        new Spec(spec.folder, spec.format, spec.fileBytes, spec.rowGroupBytes, true), schema);
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
        if (file == null) {
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
                        spec.randomOrder));
      }
      String number = String.format(Locale.ROOT, "-%05d", places.size());
      ResourceId place =
          folder.resolve(
              name + number + spec.format.output().suffix(), StandardResolveOptions.RESOLVE_FILE);
      places.add(place);
      return OpenFile.create(place, sinks);
    }

    /** What was written since the last time. */
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

    /** Deletes what a bundle wrote that did not come to its end: its output is lost with it. */
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
