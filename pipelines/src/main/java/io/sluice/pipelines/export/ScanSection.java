/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.item.page.ItemPage;
import io.sluice.report.JobReport;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;

/** What a scan took, in the report of a job that makes no snapshot. */
final class ScanSection {
  static final String NAME = "scan";

  private static final ObjectMapper JSON = new ObjectMapper();

  private ScanSection() {}

  static PCollectionView<String> of(PCollection<ItemPage> pages) {
    return pages
        .apply(
            "Read units",
            MapElements.into(TypeDescriptors.doubles()).via(page -> page.mark().units()))
        .apply("Sum", Sum.doublesGlobally())
        .apply(
            "Scan section",
            MapElements.into(TypeDescriptors.strings())
                .via(units -> JSON.createObjectNode().put("readUnits", units).toString()))
        .apply("Scan section view", View.asSingleton());
  }

  static JsonNode in(JobReport report) {
    return SchemaSection.sectionOf(report, NAME);
  }
}
