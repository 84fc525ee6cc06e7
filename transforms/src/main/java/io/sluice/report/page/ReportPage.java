/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Renders a report as one HTML file, which loads nothing, runs no script, and forbids both to the
 * browser. It shows everything that the report has: what has no form of its own here is shown by
 * names and values.
 */
public final class ReportPage {
  private ReportPage() {}

  /** Whether a file has the ending of a page. */
  public static boolean isPage(String file) {
    return file.toLowerCase(Locale.ROOT).matches(".*\\.html?");
  }

  /**
   * Renders a report.
   *
   * @param json the report as JSON
   * @param sums by the name of a count those of its parts, which must add up to it
   * @throws IllegalArgumentException when it is no JSON object
   */
  public static String of(String json, Map<String, List<String>> sums) {
    ObjectNode report = parse(json);
    return new PageFrame(Summary.title(report), "", 0).of(html -> write(html, report, sums));
  }

  private static void write(Html html, ObjectNode report, Map<String, List<String>> sums) {
    Summary.write(html, report);
    Counts.write(html, report, sums);
    Rejections.write(html, report);
    if (report.path("consumed").isObject()) {
      ConsumedCapacity.write(html, Json.take(report, "consumed"));
    }
    Cost.write(html, report);
    if (report.path("survey").isObject()) {
      Survey.write(html, Json.take(report, "survey"));
    }
    ObjectNode schema = Json.take(report, "schema");
    JsonNode job = report.remove("job");
    report
        .properties()
        .forEach(e -> Values.section(html, Texts.words(e.getKey()), e.getValue(), 2));
    Schema.write(html, schema);
    if (job != null) {
      Values.section(html, "Job", job, 2);
    }
  }

  private static ObjectNode parse(String json) {
    try {
      if (Json.mapper().readTree(json) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a report", e);
    }
    throw new IllegalArgumentException("not a report");
  }
}
