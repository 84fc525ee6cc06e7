/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.report.JobReport;
import io.sluice.schema.InferredSchema;
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

  static PCollectionView<String> of(PCollection<InferredSchema> inferred) {
    return inferred
        .apply(
            "Schema section", MapElements.into(TypeDescriptors.strings()).via(SchemaSection::json))
        .apply("Schema section view", View.asSingleton());
  }

  private static String json(InferredSchema inferred) {
    ObjectNode section = JSON.createObjectNode();
    try {
      section.set("avro", JSON.readTree(inferred.toSchema("item").toJson()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Avro does not write JSON", e);
    }
    ArrayNode notes = section.putArray("notes");
    inferred.notes().forEach(note -> notes.add(note.toString()));
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

    ToSchema(String table) {
      this.table = table;
    }

    @Override
    public String apply(InferredSchema inferred) {
      return inferred.toSchema(table).toJson();
    }
  }
}
