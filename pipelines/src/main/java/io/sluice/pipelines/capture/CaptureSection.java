/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.capture;

import io.sluice.change.capture.CaptureResult;
import io.sluice.change.feed.FeedCommit;
import io.sluice.report.JobReport;
import io.sluice.report.SectionJson;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The section of a report with the commit of a capture.
 *
 * @param commit its number
 * @param isOurs whether this run made it, and not another at the same time
 * @param records how many changes it has
 * @param expired how many of these are deletions by time to live
 * @param late how many are older than what an earlier commit called complete
 * @param completeFrom the time from which on the feed has all changes
 * @param completeThrough the time up to which it has them
 * @param gap why earlier changes are missing; null if none are
 */
record CaptureSection(
    long commit,
    boolean isOurs,
    long records,
    int files,
    long bytes,
    long expired,
    long late,
    String completeFrom,
    String completeThrough,
    @Nullable String gap) {
  static final String NAME = "capture";

  /** Writes the section as JSON. */
  static PCollectionView<String> view(PCollection<CaptureResult> captured) {
    return captured
        .apply(
            "Capture section",
            MapElements.into(TypeDescriptors.strings())
                .via(result -> SectionJson.write(of(result))))
        .apply("Capture section view", View.asSingleton());
  }

  private static CaptureSection of(CaptureResult result) {
    FeedCommit commit = result.commit();
    return new CaptureSection(
        commit.number(),
        result.isOurs(),
        commit.records(),
        commit.files().size(),
        commit.bytes(),
        result.expired(),
        commit.late(),
        commit.completeFrom().toString(),
        commit.completeThrough().toString(),
        commit.gap());
  }

  static CaptureSection of(JobReport report) {
    return SectionJson.find(report, NAME, CaptureSection.class).orElseThrow();
  }
}
