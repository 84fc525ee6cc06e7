/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import io.sluice.report.JobReport;
import io.sluice.report.SectionJson;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.PublishedSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * The section of a report with the snapshot of an export.
 *
 * @param place its folder
 * @param evaluated how many items the filter evaluated
 * @param scanStart when the scan began, as text
 * @param scanEnd when it ended
 * @param notes messages for people about the snapshot
 */
record SnapshotSection(
    String place,
    int files,
    long bytes,
    long evaluated,
    double readUnits,
    String scanStart,
    String scanEnd,
    List<String> notes) {
  static final String NAME = "snapshot";

  SnapshotSection {
    notes = List.copyOf(notes);
  }

  /** Writes the section as JSON. */
  static PCollectionView<String> view(PCollection<PublishedSnapshot> published) {
    return published
        .apply(
            "Snapshot section",
            MapElements.into(TypeDescriptors.strings()).via(snapshot -> of(snapshot).toJson()))
        .apply("Snapshot section view", View.asSingleton());
  }

  private static SnapshotSection of(PublishedSnapshot published) {
    Manifest manifest = published.manifest();
    return new SnapshotSection(
        published.place(),
        manifest.files().size(),
        manifest.bytes(),
        manifest.evaluated(),
        manifest.readUnits(),
        manifest.scan().start().toString(),
        manifest.scan().end().toString(),
        published.notes());
  }

  static SnapshotSection of(JobReport report) {
    return SectionJson.find(report, NAME, SnapshotSection.class).orElseThrow();
  }

  String toJson() {
    return SectionJson.write(this);
  }

  /** Returns how long the scan took, without writing and publishing. */
  Duration scanTime() {
    return Duration.between(Instant.parse(scanStart), Instant.parse(scanEnd));
  }
}
