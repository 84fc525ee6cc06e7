/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.diff;

import io.sluice.change.feed.FeedCommit;
import io.sluice.report.JobReport;
import io.sluice.report.SectionJson;
import java.util.Optional;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * The section of a report with the commit of the differences.
 *
 * @param commit its number
 * @param records how many differences it has
 * @param completeFrom the time from which on the feed has all differences
 * @param completeThrough the time up to which it has them
 */
record DeltaSection(
    long commit, long records, int files, long bytes, String completeFrom, String completeThrough) {
  static final String NAME = "delta";

  /** Writes the section as JSON. */
  static PCollectionView<String> view(PCollection<FeedCommit> commit) {
    return commit
        .apply(
            "Delta section",
            MapElements.into(TypeDescriptors.strings()).via(made -> SectionJson.write(of(made))))
        .apply("Delta section view", View.asSingleton());
  }

  private static DeltaSection of(FeedCommit commit) {
    return new DeltaSection(
        commit.number(),
        commit.records(),
        commit.files().size(),
        commit.bytes(),
        commit.completeFrom().toString(),
        commit.completeThrough().toString());
  }

  /** Reads the section of a report; empty when the differences were only counted. */
  static Optional<DeltaSection> of(JobReport report) {
    return SectionJson.find(report, NAME, DeltaSection.class);
  }
}
