/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.format.registry.FileFormat;
import io.sluice.report.JobReport;
import io.sluice.report.SectionJson;
import io.sluice.schema.ColumnNaming;
import io.sluice.schema.InferredSchema;
import io.sluice.schema.SchemaNote;
import io.sluice.schema.TableSchema;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * The section of a report with the schema of an export.
 *
 * @param avro the Avro schema
 * @param notes messages for people about the schema
 */
record SchemaSection(JsonNode avro, List<String> notes) {
  static final String NAME = "schema";

  private static final ObjectMapper JSON = new ObjectMapper();

  SchemaSection {
    notes = List.copyOf(notes);
  }

  /**
   * Writes the section as JSON.
   *
   * @param format the format whose columns the notes describe
   */
  static PCollectionView<String> view(
      PCollection<InferredSchema> inferred,
      ColumnNaming naming,
      TableSchema.Maps maps,
      FileFormat format) {
    return inferred
        .apply(
            "Schema section",
            MapElements.into(TypeDescriptors.strings())
                .via(schema -> of(schema, naming, maps, format).toJson()))
        .apply("Schema section view", View.asSingleton());
  }

  private static SchemaSection of(
      InferredSchema inferred, ColumnNaming naming, TableSchema.Maps maps, FileFormat format) {
    return new SchemaSection(
        avro(inferred.toSchema("item", naming, maps).toJson()),
        inferred.notes(naming, maps).stream()
            .filter(
                note ->
                    format.output().namesColumns() || note.kind() != SchemaNote.Kind.COLUMN_RENAMED)
            .map(SchemaNote::toString)
            .toList());
  }

  private static JsonNode avro(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Avro does not write JSON", e);
    }
  }

  /** Reads the section of a report; empty when the schema was given. */
  static Optional<SchemaSection> of(JobReport report) {
    return SectionJson.find(report, NAME, SchemaSection.class);
  }

  String toJson() {
    return SectionJson.write(this);
  }

  /** Formats the Avro schema over several lines. */
  String avroText() {
    return avro.toPrettyString();
  }
}
