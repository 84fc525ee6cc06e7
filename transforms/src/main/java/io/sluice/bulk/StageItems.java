/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bulk;

import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.SourcedPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Writes items to files of DynamoDB JSON, and their origins beside them. Items are shuffled within
 * what fits into memory at once: after a shuffle by buckets that is a bucket, or several, which has
 * keys from all over the input. So DynamoDB is busy with all partitions of the table at any time.
 *
 * <p>A bundle has one file open at a time. A bundle that is repeated writes other files.
 */
final class StageItems extends PTransform<PCollection<SourcedPage>, PCollection<StagedFile>> {
  private static final long serialVersionUID = 1L;

  /** From this size of its items on a file takes no more; compressed it is a fraction. */
  private static final long FILE_BYTES = 96L << 20;

  /** How much of the items is shuffled at once, by each worker thread. */
  private static final long SHUFFLED_BYTES = 24L << 20;

  private final String folder;
  private final KeySchema schema;

  private StageItems(String folder, KeySchema schema) {
    this.folder = folder;
    this.schema = schema;
  }

  /**
   * Writes into a folder.
   *
   * @param folder ending in a slash; used by one submission only
   */
  static StageItems in(String folder, KeySchema schema) {
    return new StageItems(folder, schema);
  }

  @Override
  public PCollection<StagedFile> expand(PCollection<SourcedPage> pages) {
    return pages.apply("Write files", ParDo.of(new StageFn(folder, schema)));
  }

  private static final class StageFn extends DoFn<SourcedPage, StagedFile> {
    private static final long serialVersionUID = 1L;
    private final String folder;
    private final KeySchema schema;
    private transient List<SourcedItem> waiting;
    private transient long waitingBytes;
    private transient List<String> names;
    private transient @Nullable StagedPart part;
    private transient @Nullable BoundedWindow window;

    StageFn(String folder, KeySchema schema) {
      this.folder = folder;
      this.schema = schema;
    }

    @Setup
    public void setup() {
      names = new ArrayList<>();
    }

    @StartBundle
    public void startBundle() {
      discard();
      waiting = new ArrayList<>();
      waitingBytes = 0;
      window = null;
    }

    @ProcessElement
    public void processElement(
        @Element SourcedPage page, OutputReceiver<StagedFile> out, BoundedWindow pageWindow)
        throws IOException {
      if (page.isOfDeletes()) {
        throw new IllegalArgumentException("DynamoDB's own operations delete nothing");
      }
      window = pageWindow;
      for (SourcedItem item : page) {
        waiting.add(item);
        waitingBytes += item.bytes();
      }
      if (waitingBytes >= SHUFFLED_BYTES) {
        drain();
        if (part != null && part.bytes() >= FILE_BYTES) {
          out.output(finish());
        }
      }
    }

    private void drain() throws IOException {
      // The seed makes a repeated bundle write the same.
      Collections.shuffle(waiting, new Random(waiting.size()));
      for (SourcedItem item : waiting) {
        part().write(item);
      }
      waiting.clear();
      waitingBytes = 0;
    }

    private StagedPart part() throws IOException {
      if (part == null) {
        String name = "part-" + UUID.randomUUID();
        names.add(name);
        part = new StagedPart(folder, name, schema);
      }
      return part;
    }

    private StagedFile finish() throws IOException {
      StagedFile file = part.finish();
      part = null;
      return file;
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) throws IOException {
      drain();
      if (part != null && window != null) {
        context.output(finish(), window.maxTimestamp(), window);
      }
      names.clear();
    }

    @Teardown
    public void teardown() {
      discard();
    }

    /** Deletes the files of a bundle that did not complete. */
    private void discard() {
      if (part != null) {
        part.discard();
        part = null;
      }
      if (!names.isEmpty()) {
        StagedPart.delete(folder, names);
        names.clear();
      }
    }
  }
}
