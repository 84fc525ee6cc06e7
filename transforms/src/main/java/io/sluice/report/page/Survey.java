/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes the survey of a dry run: sizes, write units, the largest items, the hottest keys. */
final class Survey {
  private Survey() {}

  static void write(Html html, ObjectNode survey) {
    html.add("h2", "Survey");
    double items = survey.path("items").asDouble();
    ObjectNode keys = Json.take(survey, "hottestPartitionKeys");
    ObjectNode sizes = Json.take(survey, "itemsUpToBytes");
    ArrayNode largest = Json.takeObjects(survey, "largest");
    ObjectNode units = Json.take(survey, "writeUnits");
    Values.members(html, survey, 2);
    units(html, units);
    keys(html, keys, items);
    if (!sizes.isEmpty()) {
      html.add("h3", "Sizes of items");
      Bars bars = new Bars(html, "Size", "Items", items);
      sizes
          .properties()
          .forEach(
              e -> bars.row("plain", "up to " + bytes(e.getKey()), "", e.getValue().asDouble()));
      bars.end("All items");
    }
    if (!largest.isEmpty()) {
      html.add("h3", "Largest items");
      html.open("table").open("thead").open("tr");
      html.add("th", "Size", "scope", "col").add("th", "Where", "scope", "col");
      html.close("tr").close("thead").open("tbody");
      for (JsonNode item : largest) {
        html.open("tr");
        Values.cell(html, "bytes", item.path("bytes"));
        html.open("td");
        Origins.write(html, item);
        html.close("td").close("tr");
      }
      html.close("tbody").close("table");
    }
  }

  private static void units(Html html, ObjectNode units) {
    if (units.isEmpty()) {
      return;
    }
    html.add("h3", "Write units");
    Values.openFacts(html);
    Values.fact(html, "Of the table", "", units.remove("table"));
    Values.fact(html, "Of all indexes", "", units.remove("indexes"));
    Json.take(units, "ofIndex")
        .properties()
        .forEach(e -> Values.fact(html, "Of index", e.getKey(), e.getValue()));
    Values.closeFacts(html);
    Values.members(html, units, 2);
  }

  private static void keys(Html html, ObjectNode keys, double items) {
    if (keys.isEmpty()) {
      return;
    }
    html.add("h3", "Hottest partition keys");
    ObjectNode hottest = Json.take(keys, "items");
    if (!hottest.isEmpty()) {
      Bars bars = new Bars(html, "Partition key", "Items", items);
      hottest
          .properties()
          .forEach(e -> bars.row("key-of-item", e.getKey(), "", e.getValue().asDouble()));
      bars.end();
    }
    Values.members(html, keys, 2);
  }

  private static String bytes(String key) {
    try {
      return Texts.bytes(Long.parseLong(key));
    } catch (NumberFormatException e) {
      return key;
    }
  }
}
