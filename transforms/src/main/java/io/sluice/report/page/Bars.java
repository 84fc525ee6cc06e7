/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import java.util.Locale;

/** Writes tables whose rows are numbers, each with a bar of its share of a whole. */
final class Bars {
  private static final double WIDTH = 96;
  private static final double LEAST = 1;

  private final Html html;
  private final double whole;

  /**
   * Begins a table.
   *
   * @param what the heading of the names
   * @param many the heading of the numbers
   * @param whole what the shares are of
   */
  Bars(Html html, String what, String many, double whole) {
    this.html = html;
    this.whole = whole;
    html.open("table", "class", "bars").open("thead").open("tr");
    html.add("th", what, "scope", "col").add("th", many, "scope", "col", "class", "number");
    html.add("th", "Share", "scope", "col").close("tr").close("thead").open("tbody");
  }

  /**
   * Writes a row.
   *
   * @param kind the class of the name's element, which decides how it looks
   * @param note what the name means; may be empty
   */
  void row(String kind, String name, String note, double part) {
    html.open("tr").open("th", "scope", "row").open("span", "class", kind);
    html.name(name).close("span");
    if (!note.isEmpty()) {
      html.add("small", note);
    }
    html.close("th").add("td", Texts.number(part), "class", "number");
    html.open("td", "class", "share");
    html.open("svg", "width", "96", "height", "8", "aria-hidden", "true", "class", "bar");
    html.empty("rect", "width", "96", "height", "8", "class", "track", "fill", "#ddd");
    if (part > 0 && whole > 0) {
      double width = Math.max(LEAST, Math.min(1, part / whole) * WIDTH);
      html.empty(
          "rect",
          "width",
          String.format(Locale.ROOT, "%.1f", width),
          "height",
          "8",
          "class",
          "fill " + kind,
          "fill",
          "#2f6fb0");
    }
    html.close("svg").add("span", Texts.share(part, whole)).close("td").close("tr");
  }

  /** Ends the table with a row of the whole. */
  void end(String name) {
    html.close("tbody").open("tfoot").open("tr").add("th", name, "scope", "row");
    html.add("td", Texts.number(whole), "class", "number").add("td", "");
    html.close("tr").close("tfoot").close("table");
  }

  /** Ends the table. */
  void end() {
    html.close("tbody").close("table");
  }
}
