/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.diff;

import io.sluice.change.feed.DeltaFile;
import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.change.feed.UncommittedFiles;
import io.sluice.format.FileStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Writes the differences of a {@link CompareItems} to files, and adds one commit that lists them to
 * the feed. Until then the feed is as it was, whatever is repeated or killed. Fails when another
 * run has added a commit meanwhile, and keeps nothing then.
 */
public final class WriteDelta extends PTransform<PCollectionTuple, PCollection<FeedCommit>> {
  private static final long serialVersionUID = 1L;

  private final DeltaTask task;

  private WriteDelta(DeltaTask task) {
    this.task = task;
  }

  /** Adds the commit of this task. */
  public static WriteDelta of(DeltaTask task) {
    return new WriteDelta(task);
  }

  /**
   * Wires the steps.
   *
   * @param compared what a comparison with a delta has come to
   */
  @Override
  public PCollection<FeedCommit> expand(PCollectionTuple compared) {
    PCollectionView<Iterable<DeltaFile>> files =
        compared
            .get(CompareItems.DELTA)
            .apply("Files", GroupByKey.create())
            .apply("Write", ParDo.of(new WriteFn(task)))
            .setCoder(SerializableCoder.of(DeltaFile.class))
            .apply("All files", View.asIterable());
    PCollectionView<DiffCounts> counts =
        compared.get(CompareItems.COUNTS).apply("Counts", View.asSingleton());
    return compared
        .getPipeline()
        .apply("Run", Create.of(task).withCoder(SerializableCoder.of(DeltaTask.class)))
        .apply("Commit", ParDo.of(new CommitFn(files, counts)).withSideInputs(files, counts))
        .setCoder(SerializableCoder.of(FeedCommit.class));
  }

  private static final class WriteFn extends DoFn<KV<Integer, Iterable<DeltaPage>>, DeltaFile> {
    private static final long serialVersionUID = 1L;
    private static final String SUFFIX = ".json.gz";

    private final DeltaTask task;

    WriteFn(DeltaTask task) {
      this.task = task;
    }

    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<DeltaPage>> pages, OutputReceiver<DeltaFile> out)
        throws IOException {
      // Another attempt writes to another file, and the commit lists one of them.
      String attempt = UUID.randomUUID().toString().substring(0, 8);
      String name = task.filePrefix() + attempt + "-" + pages.getKey() + SUFFIX;
      FileStream file =
          FileStream.create(FileSystems.matchNewResource(task.feed().path() + name, false));
      long records = 0;
      boolean done = false;
      try {
        OutputStream lines = new GZIPOutputStream(file);
        for (DeltaPage page : pages.getValue()) {
          lines.write(page.lines());
          records += page.records();
        }
        lines.close();
        done = true;
      } finally {
        if (!done) {
          file.abandon();
        }
      }
      out.output(
          new DeltaFile(
              name,
              records,
              file.position(),
              file.md5(),
              DeltaTask.SHARD,
              task.stamp().time(),
              task.stamp().time()));
    }
  }

  private static final class CommitFn extends DoFn<DeltaTask, FeedCommit> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Iterable<DeltaFile>> files;
    private final PCollectionView<DiffCounts> counts;

    CommitFn(PCollectionView<Iterable<DeltaFile>> files, PCollectionView<DiffCounts> counts) {
      this.files = files;
      this.counts = counts;
    }

    @ProcessElement
    public void processElement(ProcessContext context) throws IOException {
      DeltaTask task = context.element();
      FeedCommit wanted = task.commit(context.sideInput(files));
      long differences = context.sideInput(counts).differences();
      if (wanted.records() != differences) {
        throw new IllegalStateException(
            "%d differences were found and %d written: a worker was lost or began again while others went on"
                .formatted(differences, wanted.records()));
      }
      FeedCommit made = FeedCommits.of(task.feed()).add(wanted);
      UncommittedFiles.delete(task.feed(), wanted, made);
      if (!made.run().equals(wanted.run())) {
        throw new IllegalStateException(
            "another run made commit %d of %s meanwhile: nothing of this one is kept"
                .formatted(made.number(), task.feed().path()));
      }
      context.output(made);
    }
  }
}
