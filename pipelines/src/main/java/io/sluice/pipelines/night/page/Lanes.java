/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.page;

import io.sluice.pipelines.night.file.NightTable;
import io.sluice.report.page.Html;
import io.sluice.report.page.Texts;
import io.sluice.report.page.Ticks;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Draws when each step ran: a lane for each table, from the first start of the run until now. */
final class Lanes {
  private static final int HEIGHT = 20;
  private static final int AXIS = 22;

  /** The least width, in percent, of what took next to no time. */
  private static final double LEAST = 0.4;

  /** How near to an end of the axis, in percent, a label begins or ends at its tick. */
  private static final double EDGE = 8;

  private static final List<StepStatus.Stage> LEGEND =
      List.of(
          StepStatus.Stage.RUNS,
          StepStatus.Stage.DONE,
          StepStatus.Stage.FAILED,
          StepStatus.Stage.STOPPED);

  private final Html html;
  private final NightStatus status;
  private final Instant start;
  private final Instant end;

  private Lanes(Html html, NightStatus status) {
    this.html = html;
    this.status = status;
    this.start = status.began();
    Instant until = status.until();
    this.end = until.isAfter(start.plusSeconds(1)) ? until : start.plusSeconds(1);
  }

  static void draw(Html html, NightStatus status) {
    new Lanes(html, status).draw();
  }

  private void draw() {
    html.open("p", "class", "legend note");
    for (StepStatus.Stage stage : LEGEND) {
      html.add("span", stage.words, "class", "key-of " + stage.kind);
    }
    html.close("p");
    html.open("div", "class", "lanes");
    for (NightTable table : status.night().tables()) {
      html.open("div", "class", "lane-of").name(table.name()).close("div");
      svg(HEIGHT);
      html.empty("rect", "class", "track", "fill", "#ddd", "width", "100%", "height", "" + HEIGHT);
      for (StepStatus step : status.steps(table)) {
        step.attempts().forEach(attempt -> bar(step, attempt));
      }
      html.close("svg");
    }
    html.open("div").close("div");
    axis();
    html.close("div");
  }

  private void bar(StepStatus step, StepStatus.Attempt attempt) {
    double from = percent(attempt.began());
    double width = Math.max(LEAST, percent(attempt.until()) - from);
    html.open(
        "rect",
        "class",
        "bar-of " + attempt.stage().kind,
        "fill",
        "#2f6fb0",
        "x",
        decimal(Math.min(from, 100 - LEAST)) + "%",
        "width",
        decimal(width) + "%",
        "height",
        "" + HEIGHT);
    html.add(
        "title",
        "%s: %s to %s, %s"
            .formatted(
                step.name(),
                Texts.time(attempt.began()),
                Texts.time(attempt.until()),
                attempt.stage().words));
    html.close("rect");
  }

  private void axis() {
    svg(AXIS);
    DateTimeFormatter format = Ticks.format(start, end);
    for (Instant time : Ticks.times(start, end)) {
      double percent = percent(time);
      String x = decimal(percent) + "%";
      html.empty("line", "class", "grid", "stroke", "#999", "x1", x, "x2", x, "y1", "0", "y2", "5");
      String anchor = percent < EDGE ? "start" : percent > 100 - EDGE ? "end" : "middle";
      html.add("text", format.format(time), "x", x, "y", "19", "text-anchor", anchor);
    }
    html.close("svg");
  }

  private void svg(int height) {
    html.open("svg", "width", "100%", "height", String.valueOf(height));
  }

  private double percent(Instant time) {
    double whole = Duration.between(start, end).toMillis();
    return Math.min(100, Math.max(0, 100 * Duration.between(start, time).toMillis() / whole));
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
