/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.plan;

import io.sluice.capacity.ForecastFormat;
import io.sluice.plan.JobPlan.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints a plan for people, as lines. */
public record JobPlanText(JobPlan plan) {
  private static final int MILLIS = 1000;

  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(plan.title());
    plan.figures()
        .forEach(
            (figure, estimate) -> {
              lines.add(line(figure.text(), text(figure, estimate)));
              if (figure == Figure.WRITE_UNITS) {
                plan.indexWrites()
                    .forEach(
                        (index, units) ->
                            lines.add(
                                line("", units.text(ForecastFormat::number) + " of " + index)));
              }
            });
    lines.add(line("cost", plan.bill().dollars().text(ForecastFormat::smallDollars)));
    for (Charge charge : plan.bill().charges()) {
      lines.add(line("", text(charge)));
    }
    lines.add(line("", "prices: " + plan.bill().pricesOf()));
    String name = "alternatives";
    for (Alternative way : plan.alternatives()) {
      lines.add(line(name, text(way)));
      name = "";
    }
    lines.addAll(plan.notes());
    for (JobPlan part : plan.parts()) {
      lines.add("");
      lines.addAll(new JobPlanText(part).lines());
    }
    return lines;
  }

  private static String text(Figure figure, Estimate estimate) {
    return estimate.text(
        figure == Figure.SECONDS
            ? seconds -> ForecastFormat.time(Duration.ofMillis(Math.round(seconds * MILLIS)))
            : ForecastFormat::number);
  }

  private static String text(Alternative way) {
    return "%s: time %s, cost %s"
        .formatted(
            way.how(),
            text(Figure.SECONDS, way.seconds()),
            way.dollars().text(ForecastFormat::smallDollars));
  }

  private static String text(Charge charge) {
    return String.format(
        Locale.ROOT,
        "%s: %s %s, %s",
        charge.what(),
        charge.amount().text(ForecastFormat::number),
        charge.unit(),
        charge.price() == 0
            ? "which are paid for by the hour anyway"
            : charge.dollars().text(ForecastFormat::smallDollars));
  }

  private static String line(String name, String text) {
    return String.format(Locale.ROOT, "  %-16s%s", name, text);
  }
}
