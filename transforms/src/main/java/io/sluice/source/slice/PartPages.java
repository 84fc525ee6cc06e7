/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.slice;

import io.sluice.item.page.SourcedPage;
import io.sluice.report.BundleTally;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollection;

/** Separates what was read into pages of items and rejections, and counts both. */
public final class PartPages extends PTransform<PCollection<ReadPage>, Outcome> {
  private static final long serialVersionUID = 1L;

  private PartPages() {}

  /** Creates the transform. */
  public static PartPages create() {
    return new PartPages();
  }

  @Override
  public Outcome expand(PCollection<ReadPage> read) {
    return Outcome.of(
        read.apply(
            "Part", ParDo.of(new PartFn()).withOutputTags(Outcome.PAGES, Outcome.SIDE_OUTPUTS)));
  }

  private static final class PartFn extends DoFn<ReadPage, SourcedPage> {
    private static final long serialVersionUID = 1L;
    private transient BundleTally tally;

    @StartBundle
    public void startBundle() {
      tally = new BundleTally();
    }

    @ProcessElement
    public void processElement(
        @Element ReadPage read, MultiOutputReceiver out, BoundedWindow window) {
      if (read.items() != null) {
        tally.add(Count.READ, read.items().count(), window);
        out.get(Outcome.PAGES).output(read.items());
      } else if (read.rejection() != null) {
        tally.add(Count.READ, window);
        tally.add(read.rejection(), window);
        out.get(Outcome.REJECTIONS).output(read.rejection());
      } else {
        tally.add(Count.READ, read.skipped(), window);
        tally.add(Count.SKIPPED, read.skipped(), window);
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      tally.emit(context, Outcome.TALLIES);
    }
  }
}
