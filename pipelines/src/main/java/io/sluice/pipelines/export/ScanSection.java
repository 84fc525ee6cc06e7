/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import io.sluice.item.page.ItemPage;
import io.sluice.report.JobReport;
import io.sluice.report.SectionJson;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;

/** The section of a report with the units of a scan, for a job that makes no snapshot. */
record ScanSection(double readUnits) {
  static final String NAME = "scan";

  /** Sums all pages of the scan and writes the section as JSON. */
  static PCollectionView<String> view(PCollection<ItemPage> pages) {
    return pages
        .apply(
            "Read units",
            MapElements.into(TypeDescriptors.doubles()).via(page -> page.mark().units()))
        .apply("Sum", Sum.doublesGlobally())
        .apply(
            "Scan section",
            MapElements.into(TypeDescriptors.strings())
                .via(units -> new ScanSection(units).toJson()))
        .apply("Scan section view", View.asSingleton());
  }

  static ScanSection of(JobReport report) {
    return SectionJson.find(report, NAME, ScanSection.class).orElseThrow();
  }

  String toJson() {
    return SectionJson.write(this);
  }
}
