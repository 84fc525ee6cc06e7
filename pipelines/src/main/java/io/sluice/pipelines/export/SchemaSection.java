/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.report.JobReport;
import io.sluice.schema.ColumnNaming;
import io.sluice.schema.InferredSchema;
import io.sluice.schema.SchemaNote;
import io.sluice.sink.OutputFormat;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;

/** The schema in the report of an export: the Avro schema, and what people should know of it. */
final class SchemaSection {
  static final String NAME = "schema";

  private static final ObjectMapper JSON = new ObjectMapper();

  private SchemaSection() {}

  /**
   * The section.
   *
   * @param format whose columns the notes are about
   */
  static PCollectionView<String> of(
      PCollection<InferredSchema> inferred, ColumnNaming naming, OutputFormat format) {
    return inferred
        .apply(
            "Schema section",
            MapElements.into(TypeDescriptors.strings()).via(schema -> json(schema, naming, format)))
        .apply("Schema section view", View.asSingleton());
  }

  private static String json(InferredSchema inferred, ColumnNaming naming, OutputFormat format) {
    ObjectNode section = JSON.createObjectNode();
    try {
      section.set("avro", JSON.readTree(inferred.toSchema("item", naming).toJson()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Avro does not write JSON", e);
    }
    ArrayNode notes = section.putArray("notes");
    inferred.notes(naming).stream()
        .filter(note -> format.namesColumns() || note.kind() != SchemaNote.Kind.COLUMN_RENAMED)
        .forEach(note -> notes.add(note.toString()));
    return section.toString();
  }

  /** The section of a report; missing when the schema was given. */
  static JsonNode in(JobReport report) {
    return sectionOf(report, NAME);
  }

  static JsonNode sectionOf(JobReport report, String name) {
    String json = report.sections().get(name);
    try {
      return json == null ? JSON.missingNode() : JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a section " + name, e);
    }
  }

  /** The schema of the files of a table. */
  static final class ToSchema implements SerializableFunction<InferredSchema, String> {
    private static final long serialVersionUID = 1L;
    private final String table;
    private final ColumnNaming naming;

    ToSchema(String table, ColumnNaming naming) {
      this.table = table;
      this.naming = naming;
    }

    @Override
    public String apply(InferredSchema inferred) {
      return inferred.toSchema(table, naming).toJson();
    }
  }
}
