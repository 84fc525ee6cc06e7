/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the schema of an export: its columns, what is to be known of them, and the whole of it.
 */
final class Schema {
  private Schema() {}

  static void write(Html html, ObjectNode schema) {
    if (schema.isEmpty()) {
      return;
    }
    html.add("h2", "Schema");
    if (schema.path("notes").isArray()) {
      Values.section(html, "Conflicts and notes", schema.remove("notes"), 3);
    }
    ObjectNode avro = Json.take(schema, "avro");
    if (!avro.isEmpty()) {
      columns(html, avro.path("fields"));
      html.open("details").add("summary", "As an Avro schema");
      html.open("pre", "tabindex", "0").add("code", avro.toPrettyString()).close("pre");
      html.close("details");
    }
    Values.members(html, schema, 2);
  }

  private static void columns(Html html, JsonNode fields) {
    Values.openTable(html);
    html.open("thead").open("tr");
    html.add("th", "Column", "scope", "col").add("th", "Type", "scope", "col");
    html.add("th", "May be missing", "scope", "col");
    html.close("tr").close("thead").open("tbody");
    for (JsonNode field : fields) {
      JsonNode type = field.path("type");
      html.open("tr").open("th", "scope", "row");
      html.add("code", field.path("name").asText()).close("th");
      html.add("td", type(type)).add("td", mayBeMissing(type) ? "yes" : "no").close("tr");
    }
    html.close("tbody");
    Values.closeTable(html);
  }

  private static boolean mayBeMissing(JsonNode type) {
    for (JsonNode one : type) {
      if (type.isArray() && one.asText().equals("null")) {
        return true;
      }
    }
    return false;
  }

  /** Describes an Avro type in few words. */
  private static String type(JsonNode type) {
    if (type.isArray()) {
      List<String> others = new ArrayList<>();
      type.forEach(one -> others.add(type(one)));
      others.remove("null");
      return String.join(" or ", others);
    }
    if (!type.isObject()) {
      return type.asText();
    }
    String logical = type.path("logicalType").asText();
    if (logical.equals("decimal")) {
      return "decimal of %d digits, %d behind the point"
          .formatted(type.path("precision").asInt(), type.path("scale").asInt());
    }
    if (!logical.isEmpty()) {
      return logical;
    }
    return switch (type.path("type").asText()) {
      case "array" -> "list of " + type(type.path("items"));
      case "map" -> "map of " + type(type.path("values"));
      case "record" -> "record of " + type.path("fields").size() + " fields";
      default -> type(type.path("type"));
    };
  }
}
