/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Writes the capacity units that a job took, over time and in all, and what was throttled. */
final class ConsumedCapacity {
  private ConsumedCapacity() {}

  static void write(Html html, ObjectNode consumed) {
    html.add("h2", "Consumed capacity");
    part(html, "Writes", "Write units", Json.take(consumed, "writes"));
    part(html, "Reads", "Read units", Json.take(consumed, "reads"));
    Values.members(html, consumed, 2);
  }

  private static void part(Html html, String heading, String unit, ObjectNode part) {
    if (part.isEmpty()) {
      return;
    }
    if (part.path("requests").asLong() == 0) {
      // Of some reads only the sum of the units is known.
      part.remove(List.of("requests", "secondsPerPoint"));
    }
    html.add("h3", heading);
    Rates.of(part).ifPresent(rates -> Chart.draw(html, rates, unit));
    units(html, unit, part);
    throttled(html, part);
    ArrayNode points = Json.takeObjects(part, "points");
    if (!points.isEmpty()) {
      html.open("details").add("summary", "All points as a table: " + points.size());
      Values.table(html, points, 4);
      html.close("details");
    }
    Values.members(html, part, 2);
  }

  private static void units(Html html, String unit, ObjectNode part) {
    Values.openFacts(html);
    Values.fact(html, unit + " of the table", "", part.remove("table"));
    Json.take(part, "indexes")
        .properties()
        .forEach(e -> Values.fact(html, unit + " of index", e.getKey(), e.getValue()));
    Values.fact(html, "Requests", "", part.remove("requests"));
    Values.fact(html, "Seconds per point", "", part.remove("secondsPerPoint"));
    Values.closeFacts(html);
  }

  private static void throttled(Html html, ObjectNode part) {
    ObjectNode throttled = Json.take(part, "throttled");
    if (!throttled.isEmpty()) {
      html.add("h4", "Requests that DynamoDB throttled");
      Bars bars = new Bars(html, "Limit", "Requests", Json.sum(throttled));
      throttled
          .properties()
          .forEach(e -> bars.row("warn", e.getKey(), "", e.getValue().asDouble()));
      bars.end("All limits");
    }
  }
}
