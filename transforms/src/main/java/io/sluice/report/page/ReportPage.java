/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
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
    Html html = new Html();
    html.open("html", "lang", "en");
    head(html, Summary.title(report));
    html.open("body").open("main");
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
    html.close("main").open("footer");
    html.add("p", "Written by Sluice. This page loads nothing and runs no script.");
    html.close("footer").close("body").close("html");
    return "<!DOCTYPE html>\n" + html.end();
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

  private static void head(Html html, String title) {
    html.open("head").empty("meta", "charset", "utf-8");
    html.empty(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; style-src 'sha256-"
            + sha256(Style.CSS)
            + "'; base-uri 'none'; form-action 'none'");
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.empty("meta", "name", "color-scheme", "content", "light dark");
    html.add("title", title + " \u00b7 Sluice").style(Style.CSS).close("head");
  }

  private static String sha256(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
