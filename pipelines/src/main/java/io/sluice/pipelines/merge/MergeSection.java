/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import io.sluice.change.merge.MergeCounts;
import io.sluice.report.JobReport;
import io.sluice.report.SectionJson;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;

/** The section of a report with the counts of a merge. */
final class MergeSection {
  static final String NAME = "merge";

  private MergeSection() {}

  /** Adds up the counts. */
  static PCollection<MergeCounts> sum(PCollection<MergeCounts> counts) {
    return counts.apply("Sum of counts", Combine.globally(new SumFn()));
  }

  /** Writes the section as JSON. */
  static PCollectionView<String> view(PCollection<MergeCounts> sum) {
    return sum.apply(
            "Merge section",
            MapElements.into(TypeDescriptors.strings()).via(all -> SectionJson.write(all)))
        .apply("Merge section view", View.asSingleton());
  }

  static MergeCounts of(JobReport report) {
    return SectionJson.find(report, NAME, MergeCounts.class).orElseThrow();
  }

  private static final class SumFn
      implements SerializableFunction<Iterable<MergeCounts>, MergeCounts> {
    private static final long serialVersionUID = 1L;

    @Override
    public MergeCounts apply(Iterable<MergeCounts> some) {
      MergeCounts sum = MergeCounts.NONE;
      for (MergeCounts counts : some) {
        sum = sum.and(counts);
      }
      return sum;
    }
  }
}
