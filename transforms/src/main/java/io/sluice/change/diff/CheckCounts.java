/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.diff;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Passes the counts of a comparison on if both states have been compared whole, and fails
 * otherwise: what a manifest or the marks of a scan say is held against what arrived.
 */
final class CheckCounts extends PTransform<PCollection<DiffCounts>, PCollection<DiffCounts>> {
  private static final long serialVersionUID = 1L;

  private final PCollectionView<Long> from;
  private final PCollectionView<Long> to;

  private CheckCounts(PCollectionView<Long> from, PCollectionView<Long> to) {
    this.from = from;
    this.to = to;
  }

  static CheckCounts against(PCollectionView<Long> from, PCollectionView<Long> to) {
    return new CheckCounts(from, to);
  }

  @Override
  public PCollection<DiffCounts> expand(PCollection<DiffCounts> counts) {
    return counts
        .apply("Check", ParDo.of(new CheckFn(from, to)).withSideInputs(from, to))
        .setCoder(counts.getCoder());
  }

  private static final class CheckFn extends DoFn<DiffCounts, DiffCounts> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Long> from;
    private final PCollectionView<Long> to;

    CheckFn(PCollectionView<Long> from, PCollectionView<Long> to) {
      this.from = from;
      this.to = to;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      DiffCounts counts = context.element();
      check("from", counts.from(), context.sideInput(from));
      check("to", counts.to(), context.sideInput(to));
      if (!counts.addsUp()) {
        throw new IllegalStateException("the counts do not add up, which is a defect of Sluice");
      }
      context.output(counts);
    }

    private static void check(String side, long compared, long read) {
      if (compared != read) {
        throw new IllegalStateException(
            "--%s has %d items and %d were compared: a worker was lost or began again while others went on"
                .formatted(side, read, compared));
      }
    }
  }
}
