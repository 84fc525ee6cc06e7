/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import io.sluice.change.history.FindItem;
import io.sluice.failure.Rejection;
import io.sluice.format.ContentCheck;
import io.sluice.format.ReaderSettings;
import io.sluice.format.registry.FileFormat;
import io.sluice.item.KeySchema;
import io.sluice.item.page.Buckets;
import io.sluice.item.page.SourcedPage;
import io.sluice.report.Outcome;
import io.sluice.report.Tally;
import io.sluice.source.KeyFrom;
import io.sluice.source.ReadItems;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Files that have all items of a table, as a manifest lists them.
 *
 * @param files where they are
 * @param checks what the manifest says of them, by name
 * @param format of the files
 */
public record WholeFiles(
    List<MatchResult.Metadata> files, Map<String, ContentCheck> checks, FileFormat format) {

  /**
   * Reads the items, with their keys, into these buckets. A record that is no item fails the job.
   *
   * @param threads of each reader, 1 or more
   */
  public PTransform<PBegin, PCollection<SourcedPage>> read(
      KeySchema schema, int buckets, int threads) {
    return new ReadFiles(
        ReadItems.ofFiles(files, format.reader(ReaderSettings.NONE))
            .withChecks(checks)
            .withKey(schema, KeyFrom.RECORD)
            .intoBuckets(Buckets.byKey(buckets))
            .withThreads(threads));
  }

  /** Returns what finds single items, without a pipeline. */
  FindItem search(KeySchema schema) {
    return FindItem.in(files, checks, format.reader(ReaderSettings.NONE), schema);
  }

  private static final class ReadFiles extends PTransform<PBegin, PCollection<SourcedPage>> {
    private static final long serialVersionUID = 1L;
    private final ReadItems files;

    ReadFiles(ReadItems files) {
      this.files = files;
    }

    @Override
    public PCollection<SourcedPage> expand(PBegin begin) {
      Outcome read = begin.apply("Read", files);
      read.rejections().apply("No rejections", ParDo.of(new RefuseFn()));
      read.tallies().apply("No tallies", ParDo.of(new DropFn()));
      return read.pages();
    }
  }

  /** The files of a snapshot or an export have no record that is no item. */
  private static final class RefuseFn extends DoFn<Rejection, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement(@Element Rejection rejection) {
      throw new IllegalStateException(
          "%s has a record that is no item of the table, at %d: %s"
              .formatted(
                  rejection.origin().file(), rejection.origin().offset(), rejection.message()));
    }
  }

  /** Counts are taken where the items are used. */
  private static final class DropFn extends DoFn<Tally, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement() {}
  }
}
