/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.capacity.ForecastFormat;
import io.sluice.plan.Charges;
import io.sluice.plan.Estimate;
import io.sluice.plan.JobPlan.Figure;
import io.sluice.plan.JobPlanJson;
import io.sluice.report.ConsumedUnits;
import io.sluice.report.Consumption;
import io.sluice.report.JobCost;
import io.sluice.report.JobReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints, for a person, the units that a job consumed and what they cost, beside its plan. */
public record UnitsSummary(JobReport report) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Returns lines, each with a name of at most twelve characters in front. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    JsonNode planned = section(JobCost.PLANNED);
    Consumption all = report.tally().consumption();
    units("read units", all.reads(), planned, Figure.READ_UNITS, lines);
    units("write units", all.writes(), planned, Figure.WRITE_UNITS, lines);
    JsonNode cost = section(JobCost.NAME);
    double dollars = dollarsOfUnits(cost).low();
    if (dollars > 0) {
      lines.add(
          "%-12s%12s  %s%s"
              .formatted(
                  "cost",
                  ForecastFormat.smallDollars(dollars),
                  cost.path("prices").asText(),
                  planned.isMissingNode()
                      ? ""
                      : "; planned "
                          + dollarsOfUnits(planned.path("cost"))
                              .text(ForecastFormat::smallDollars)));
    }
    return lines;
  }

  private JsonNode section(String name) {
    String json = report.sections().get(name);
    try {
      return json == null ? JSON.missingNode() : JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a section " + name, e);
    }
  }

  private static void units(
      String what, ConsumedUnits units, JsonNode planned, Figure figure, List<String> lines) {
    if (units.total() == 0) {
      return;
    }
    String text =
        String.format(
            Locale.ROOT,
            "%-12s%,12d  %s%s",
            lines.isEmpty() ? "consumed" : "",
            Math.round(units.table()),
            what,
            units.indexes().isEmpty() ? "" : " of the table");
    JsonNode figures = planned.path("figures");
    if (figures.has(JobPlanJson.nameOf(figure))) {
      text += "; planned " + units(figures.get(JobPlanJson.nameOf(figure)));
    }
    lines.add(text);
    units
        .indexes()
        .forEach(
            (index, ofIndex) -> {
              String line =
                  String.format(
                      Locale.ROOT, "%-12s%,12d  %s of %s", "", Math.round(ofIndex), what, index);
              JsonNode plan = planned.path("indexWriteUnits").path(index);
              lines.add(plan.isMissingNode() ? line : line + "; planned " + units(plan));
            });
  }

  /**
   * Returns what the units of a bill cost, or an import by DynamoDB: it may have lines of other
   * things, too.
   */
  private static Estimate dollarsOfUnits(JsonNode bill) {
    Estimate dollars = Estimate.ZERO;
    for (JsonNode line : bill.path("lines")) {
      if (line.path("unit").asText().equals(Charges.UNITS)
          || line.path("what").asText().equals(Charges.IMPORT)) {
        dollars = dollars.plus(JobPlanJson.toEstimate(line.path("dollars")));
      }
    }
    return dollars;
  }

  private static String units(JsonNode estimate) {
    return JobPlanJson.toEstimate(estimate).text(ForecastFormat::number);
  }
}
