/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.report.JobReport;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.PublishedSnapshot;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;

/** The snapshot in the report of an export. */
final class SnapshotSection {
  static final String NAME = "snapshot";

  private static final ObjectMapper JSON = new ObjectMapper();

  private SnapshotSection() {}

  static PCollectionView<String> of(PCollection<PublishedSnapshot> published) {
    return published
        .apply(
            "Snapshot section",
            MapElements.into(TypeDescriptors.strings()).via(SnapshotSection::json))
        .apply("Snapshot section view", View.asSingleton());
  }

  private static String json(PublishedSnapshot published) {
    Manifest manifest = published.manifest();
    ObjectNode section = JSON.createObjectNode();
    section.put("place", published.place());
    section.put("files", manifest.files().size());
    section.put("bytes", manifest.bytes());
    section.put("evaluated", manifest.evaluated());
    section.put("readUnits", manifest.readUnits());
    section.put("scanStart", manifest.scan().start().toString());
    section.put("scanEnd", manifest.scan().end().toString());
    ArrayNode notes = section.putArray("notes");
    published.notes().forEach(notes::add);
    return section.toString();
  }

  static JsonNode in(JobReport report) {
    return SchemaSection.sectionOf(report, NAME);
  }
}
