/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.catalog;

import io.sluice.change.capture.CaptureResult;
import io.sluice.change.feed.FeedFolder;
import io.sluice.snapshot.catalog.GlueCatalog;
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Brings catalogs up to date with a feed once a capture has made its commit, and passes the result
 * of the capture on. Readers then see exactly the files that commits list.
 *
 * <p>May be repeated. If it fails, the job fails, and the commit stays: the next capture does what
 * was left undone. A run whose commit another has made does nothing.
 */
public final class RegisterChanges
    extends PTransform<PCollection<CaptureResult>, PCollection<CaptureResult>> {
  private static final long serialVersionUID = 1L;

  private final FeedFolder feed;
  private final @Nullable GlueCatalog glue;

  private RegisterChanges(FeedFolder feed, @Nullable GlueCatalog glue) {
    this.feed = feed;
    this.glue = glue;
  }

  /** Writes lists of the files and statements for Athena and DuckDB, beside the feed. */
  public static RegisterChanges of(FeedFolder feed) {
    return new RegisterChanges(feed, null);
  }

  /**
   * Registers a table, its partitions and a view in a database of Glue, too.
   *
   * @throws IllegalArgumentException when the feed is not in S3
   */
  public RegisterChanges registeringIn(GlueCatalog catalog) {
    if (!feed.path().startsWith("s3://")) {
      throw new IllegalArgumentException(
          "the feed is " + feed.path() + ", must be in S3 for a Glue catalog");
    }
    return new RegisterChanges(feed, catalog);
  }

  @Override
  public PCollection<CaptureResult> expand(PCollection<CaptureResult> captured) {
    return captured
        .apply("Update catalogs", ParDo.of(new UpdateFn(feed, glue)))
        .setCoder(captured.getCoder());
  }

  private static final class UpdateFn extends DoFn<CaptureResult, CaptureResult> {
    private static final long serialVersionUID = 1L;
    private final FeedFolder feed;
    private final @Nullable GlueCatalog glue;

    UpdateFn(FeedFolder feed, @Nullable GlueCatalog glue) {
      this.feed = feed;
      this.glue = glue;
    }

    @ProcessElement
    public void processElement(ProcessContext context) throws IOException {
      if (context.element().isOurs()) {
        new FeedCatalog(feed, glue, context.getPipelineOptions()).update();
      }
      context.output(context.element());
    }
  }
}
