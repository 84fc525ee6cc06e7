/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Draws the units a second that were used, as an area, and those that were allowed, as a line, over
 * time. Only the drawing is stretched to the width of the page: text keeps its size on a telephone.
 */
final class Chart {
  private static final int TOP = 10;
  private static final int HEIGHT = 200;
  private static final int BELOW = 26;
  private static final int LABELS = 56;

  /** The width in units of the drawing, which is stretched. */
  private static final double WIDTH = 1000;

  /** How many times as much as was used is not drawn. */
  private static final double FAR = 10;

  /** How near to an end of the axis, in percent, a label begins or ends at its tick. */
  private static final double EDGE = 8;

  private final Html html;
  private final Rates rates;
  private final List<Double> ticks;

  /** Whether what was used would be a flat line below what was allowed, which is not drawn then. */
  private final boolean isFarAbove;

  private Chart(Html html, Rates rates) {
    this.html = html;
    this.rates = rates;
    double allowed = rates.mostAllowed().orElse(0.0);
    this.isFarAbove = allowed > FAR * rates.mostUsed();
    this.ticks = Ticks.numbers(isFarAbove ? rates.mostUsed() : Math.max(rates.mostUsed(), allowed));
  }

  /**
   * Draws the chart of these rates.
   *
   * @param what the units, such as "Write units"
   */
  static void draw(Html html, Rates rates, String what) {
    new Chart(html, rates).draw(what);
  }

  private void draw(String what) {
    html.open("figure").open("figcaption");
    html.add("b", what + " of the table, a second");
    html.open("span", "class", "legend");
    html.add("span", "used", "class", "key used");
    if (isFarAbove) {
      html.add("span", "allowed: far above", "class", "key above");
    } else if (rates.mostAllowed().isPresent()) {
      html.add("span", "allowed", "class", "key allowed");
    }
    html.close("span").close("figcaption");
    html.open("div", "class", "plot", "role", "img", "aria-label", inWords(what));
    numbers();
    plot();
    html.close("div");
    html.add("p", inWords(what), "class", "note");
    html.close("figure");
  }

  /** Says what the chart shows, for whoever does not see it, or wants numbers. */
  private String inWords(String what) {
    String took =
        "%s a second, from %s to %s: %s on average, at most %s in %s"
            .formatted(
                what,
                Texts.time(rates.start()),
                Texts.time(rates.end()),
                Texts.rounded(rates.meanUsed()),
                Texts.rounded(rates.mostUsed()),
                Texts.duration(Duration.ofSeconds(rates.secondsPerStep())).replace(".0 s", " s"));
    if (rates.mostAllowed().isEmpty()) {
      return took + ".";
    }
    String least = Texts.rounded(rates.leastAllowed());
    String most = Texts.rounded(rates.mostAllowed().get());
    return "%s; allowed %s. That is %s of what was allowed."
        .formatted(
            took,
            least.equals(most) ? most : least + " to " + most,
            Texts.share(rates.meanUsed(), rates.meanAllowed()));
  }

  private void numbers() {
    svg("numbers", LABELS);
    for (double tick : ticks) {
      html.add(
          "text",
          Texts.number(tick),
          "x",
          String.valueOf(LABELS - 8),
          "y",
          decimal(y(tick) + 4),
          "text-anchor",
          "end");
    }
    html.close("svg");
  }

  private void plot() {
    svg("over-time", 0);
    for (double tick : ticks) {
      html.empty(
          "line",
          "class",
          "grid",
          "stroke",
          "#999",
          "x1",
          "0",
          "x2",
          "100%",
          "y1",
          decimal(y(tick)),
          "y2",
          decimal(y(tick)));
    }
    html.open(
        "svg",
        "y",
        String.valueOf(TOP),
        "width",
        "100%",
        "height",
        String.valueOf(HEIGHT),
        "viewBox",
        "0 0 1000 " + HEIGHT,
        "preserveAspectRatio",
        "none");
    html.empty("path", "class", "used", "fill", "#2f6fb0", "d", area());
    if (rates.mostAllowed().isPresent() && !isFarAbove) {
      html.empty(
          "path",
          "class",
          "allowed",
          "fill",
          "none",
          "stroke",
          "#b34700",
          "vector-effect",
          "non-scaling-stroke",
          "d",
          line());
    }
    hints();
    html.close("svg");
    times();
    html.close("svg");
  }

  private void svg(String kind, int width) {
    html.open(
        "svg",
        "class",
        kind,
        "width",
        width == 0 ? "100%" : String.valueOf(width),
        "height",
        String.valueOf(TOP + HEIGHT + BELOW));
  }

  private String area() {
    StringBuilder path = new StringBuilder("M0 " + HEIGHT);
    for (int i = 0; i < rates.used().length; i++) {
      step(path, i, rates.used()[i], "V");
    }
    return path.append("V").append(HEIGHT).append("Z").toString();
  }

  private String line() {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < rates.allowed().length; i++) {
      if (Double.isFinite(rates.allowed()[i])) {
        step(path, i, rates.allowed()[i], path.isEmpty() ? "M" + decimal(x(i)) + " " : "V");
      }
    }
    return path.toString();
  }

  private void step(StringBuilder path, int step, double rate, String to) {
    path.append(to).append(decimal(y(rate) - TOP)).append("H").append(decimal(x(step + 1)));
  }

  /** What a pointer shows over each step. */
  private void hints() {
    for (int i = 0; i < rates.used().length; i++) {
      String allowed =
          Double.isFinite(rates.allowed()[i])
              ? ", allowed " + Texts.number(rates.allowed()[i])
              : "";
      html.open(
          "rect",
          "class",
          "hint",
          "fill",
          "none",
          "x",
          decimal(x(i)),
          "width",
          decimal(x(i + 1) - x(i)),
          "height",
          String.valueOf(HEIGHT));
      html.add(
          "title", Texts.time(rates.at(i)) + ": used " + Texts.number(rates.used()[i]) + allowed);
      html.close("rect");
    }
  }

  private void times() {
    DateTimeFormatter format = Ticks.format(rates.start(), rates.end());
    for (Instant time : Ticks.times(rates.start(), rates.end())) {
      double percent = 100.0 * Duration.between(rates.start(), time).toSeconds() / rates.seconds();
      String x = decimal(percent) + "%";
      html.empty(
          "line",
          "class",
          "grid",
          "stroke",
          "#999",
          "x1",
          x,
          "x2",
          x,
          "y1",
          String.valueOf(TOP + HEIGHT),
          "y2",
          String.valueOf(TOP + HEIGHT + 4));
      String anchor = percent < EDGE ? "start" : percent > 100 - EDGE ? "end" : "middle";
      html.add(
          "text",
          format.format(time),
          "x",
          x,
          "y",
          String.valueOf(TOP + HEIGHT + 20),
          "text-anchor",
          anchor);
    }
  }

  private double x(int step) {
    return Math.min(WIDTH, WIDTH * step * rates.secondsPerStep() / rates.seconds());
  }

  private double y(double rate) {
    return TOP + HEIGHT - HEIGHT * rate / ticks.get(ticks.size() - 1);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value).replace(".0", "");
  }
}
