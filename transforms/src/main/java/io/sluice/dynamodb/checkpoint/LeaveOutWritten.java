/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.checkpoint;

import io.sluice.item.page.BucketPart;
import io.sluice.item.page.SourcedPage;
import io.sluice.report.BundleTally;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollection;

/**
 * Leaves out the items of buckets that an earlier start of the job has written to the table, and
 * counts them as {@link Count#EARLIER}. Its pages must know their parts of the buckets ({@code
 * Deduplicate.numberingParts}): others go on.
 */
public final class LeaveOutWritten extends PTransform<PCollection<SourcedPage>, Outcome> {
  private static final long serialVersionUID = 1L;

  private final WrittenBuckets written;

  private LeaveOutWritten(WrittenBuckets written) {
    this.written = written;
  }

  public static LeaveOutWritten of(WrittenBuckets written) {
    return new LeaveOutWritten(written);
  }

  @Override
  public Outcome expand(PCollection<SourcedPage> pages) {
    return Outcome.of(
        pages.apply(
            "Leave out",
            ParDo.of(new LeaveOutFn(written)).withOutputTags(Outcome.PAGES, Outcome.SIDE_OUTPUTS)));
  }

  private static final class LeaveOutFn extends DoFn<SourcedPage, SourcedPage> {
    private static final long serialVersionUID = 1L;
    private final WrittenBuckets written;
    private transient BundleTally tally;

    LeaveOutFn(WrittenBuckets written) {
      this.written = written;
    }

    @StartBundle
    public void startBundle() {
      tally = new BundleTally();
    }

    @ProcessElement
    public void processElement(
        @Element SourcedPage page, OutputReceiver<SourcedPage> out, BoundedWindow window) {
      BucketPart part = page.part();
      if (part != null && written.has(page.bucket(), part.items())) {
        tally.add(Count.EARLIER, page.count(), window);
      } else {
        out.output(page);
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      tally.emit(context, Outcome.TALLIES);
    }
  }
}
