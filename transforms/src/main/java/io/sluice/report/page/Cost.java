/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Writes what the job cost, line by line, and beside it what was planned. */
final class Cost {
  private static final Set<String> IN_WORDS =
      Set.of("what", "amount", "unit", "price", "per", "dollars");

  /** Lines of two bills for the same thing; either may be missing. */
  private record Pair(JsonNode actual, JsonNode planned) {}

  private Cost() {}

  /**
   * Writes the bill of what the job consumed, beside that of its plan, and then the rest of the
   * plan.
   */
  static void write(Html html, ObjectNode report) {
    ObjectNode cost = Json.take(report, "cost");
    ObjectNode plan = Json.take(report, "planned");
    ObjectNode planned = Json.take(plan, "cost");
    if (!cost.isEmpty() || !planned.isEmpty()) {
      html.add("h2", "Cost");
      lines(html, cost, planned);
      if (cost.path("prices").equals(planned.path("prices"))) {
        planned.remove("prices");
      }
      Values.members(html, cost, 2);
      if (!planned.isEmpty()) {
        html.add("h3", "Of the planned cost");
        Values.members(html, planned, 2);
      }
    }
    if (!plan.isEmpty()) {
      html.add("h2", "Plan");
      ObjectNode figures = Json.take(plan, "figures");
      Values.members(html, figures, 2);
      Values.members(html, plan, 2);
    }
  }

  /** Writes the lines of both bills as one table, and takes them out. */
  private static void lines(Html html, ObjectNode cost, ObjectNode planned) {
    boolean isPlanned = !planned.isEmpty();
    Map<String, Pair> lines = new LinkedHashMap<>();
    JsonNode none = Json.mapper().missingNode();
    for (JsonNode line : Json.takeObjects(cost, "lines")) {
      lines.put(line.path("what").asText(), new Pair(line, none));
    }
    for (JsonNode line : Json.takeObjects(planned, "lines")) {
      lines.merge(
          line.path("what").asText(),
          new Pair(none, line),
          (actual, plan) -> new Pair(actual.actual(), plan.planned()));
    }
    html.open("table", "class", "bill").open("thead").open("tr").add("th", "For", "scope", "col");
    html.add("th", "Cost", "scope", "col", "class", "number");
    if (isPlanned) {
      html.add("th", "Planned", "scope", "col", "class", "number");
    }
    html.close("tr").close("thead").open("tbody");
    lines.forEach(
        (what, pair) -> {
          html.open("tr").add("th", what, "scope", "row");
          amount(html, pair.actual());
          if (isPlanned) {
            amount(html, pair.planned());
          }
          html.close("tr");
        });
    html.close("tbody").open("tfoot").open("tr").add("th", "Together", "scope", "row");
    sum(html, cost);
    if (isPlanned) {
      sum(html, planned);
    }
    html.close("tr").close("tfoot").close("table");
  }

  private static void sum(Html html, ObjectNode bill) {
    JsonNode dollars = bill.path("dollars");
    Values.cell(html, "dollars", dollars);
    bill.remove("dollars");
  }

  /** Writes the dollars of a line, and what they are for. */
  private static void amount(Html html, JsonNode line) {
    html.open("td", "class", "number");
    Values.scalar(html, "dollars", line.path("dollars"));
    if (!line.isMissingNode()) {
      html.open("small");
      Values.scalar(html, "amount", line.path("amount"));
      html.text(" ");
      Values.scalar(html, "unit", line.path("unit"));
      if (!line.path("price").isMissingNode()) {
        html.text(" at ");
        Values.scalar(html, "price", line.path("price"));
      }
      if (!line.path("per").isMissingNode()) {
        html.text(" per ");
        Values.scalar(html, "per", line.path("per"));
      }
      line.properties().stream()
          .filter(e -> !IN_WORDS.contains(e.getKey()))
          .forEach(
              e -> html.text(", " + Texts.words(e.getKey()) + " ").add("bdi", text(e.getValue())));
      html.close("small");
    }
    html.close("td");
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }
}
