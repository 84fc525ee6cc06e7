/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Writes why records were rejected, and where the first of them are; never what is in them. */
final class Rejections {
  private static final Set<String> OF_COMPARISONS = Set.of("MISSING", "DIFFERENT", "UNEXPECTED");

  private Rejections() {}

  /** Whether all rejections are differences that a comparison with the table has found. */
  static boolean areDifferences(JsonNode report) {
    JsonNode reasons = report.path("rejections");
    return !reasons.isEmpty()
        && reasons.properties().stream().allMatch(e -> OF_COMPARISONS.contains(e.getKey()));
  }

  static void write(Html html, ObjectNode report) {
    String name = areDifferences(report) ? "Differences" : "Rejections";
    ObjectNode reasons = Json.take(report, "rejections");
    ArrayNode examples = Json.takeObjects(report, "firstRejections");
    if (reasons.isEmpty() && examples.isEmpty()) {
      return;
    }
    html.add("h2", name);
    if (!reasons.isEmpty()) {
      Bars bars = new Bars(html, "Reason", "Number", Json.sum(reasons));
      reasons
          .properties()
          .forEach(
              e ->
                  bars.row(
                      "warn", e.getKey(), Words.ofReason(e.getKey()), e.getValue().asDouble()));
      bars.end("All reasons");
    }
    if (!examples.isEmpty()) {
      html.add("h3", "The first of them, by file and offset");
      html.open("ol", "class", "examples");
      examples.forEach(example -> example(html, example));
      html.close("ol");
    }
  }

  private static void example(Html html, JsonNode example) {
    html.open("li").open("b").name(example.path("reason").asText()).close("b");
    String stage = example.path("stage").asText();
    html.text(" ").add("data", Words.ofStage(stage), "value", stage).text(": ");
    html.add("bdi", example.path("message").asText());
    Origins.write(html, example);
    html.close("li");
  }
}
