/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes what became of all records, as sums whose parts can be added up. */
final class Counts {
  private Counts() {}

  /**
   * Writes the counts.
   *
   * @param sums by the name of a count those of its parts
   */
  static void write(Html html, ObjectNode report, Map<String, List<String>> sums) {
    boolean differ = Rejections.areDifferences(report);
    ObjectNode counts = Json.take(report, "counts");
    report.remove("addsUp");
    if (counts.isEmpty()) {
      return;
    }
    html.add("h2", "Counts");
    sums.forEach(
        (whole, parts) -> {
          if (counts.has(whole)) {
            sum(html, counts, whole, parts, differ);
          }
        });
    if (!counts.isEmpty()) {
      html.add("h3", "Counted besides");
      Values.openFacts(html);
      counts
          .properties()
          .forEach(
              e -> {
                html.open("tr").open("th", "scope", "row").text(Texts.words(e.getKey()));
                html.add("small", Words.ofCount(e.getKey())).close("th");
                Values.cell(html, e.getKey(), e.getValue());
                html.close("tr");
              });
      Values.closeFacts(html);
    }
  }

  /** Writes a sum, and takes it out of the counts. */
  private static void sum(
      Html html, ObjectNode counts, String whole, List<String> parts, boolean differ) {
    long all = counts.remove(whole).asLong();
    List<String> there = new ArrayList<>(parts);
    there.removeIf(part -> !counts.has(part));
    long sum = (long) Json.sum(counts, there);
    String equation =
        there.stream()
            .filter(part -> counts.path(part).asLong() != 0)
            .map(part -> Words.counted(counts.path(part).asLong(), name(part, differ)))
            .collect(Collectors.joining(" + "));
    html.open("p", "class", "equation");
    html.add("b", Texts.number(all) + " " + whole);
    html.text(" = " + (equation.isEmpty() ? "0" : equation));
    if (sum != all) {
      html.add(
          "b", " + " + Texts.number(all - sum) + " that are not accounted for", "class", "bad");
    }
    html.close("p");
    Bars bars = new Bars(html, "What became of them", "Number", all);
    List<String> none = new ArrayList<>();
    for (String part : there) {
      double count = counts.remove(part).asDouble();
      if (count == 0) {
        none.add("0 " + name(part, differ));
      } else {
        String kind = part.equals("rejected") || part.equals("withheld") ? "warn" : "plain";
        String note = name(part, differ).equals(part) ? Words.ofCount(part) : "see below";
        bars.row(kind, Texts.words(name(part, differ)), note, count);
      }
    }
    bars.end(Texts.words(whole));
    if (!none.isEmpty()) {
      html.add("p", String.join(", ", none), "class", "note");
    }
  }

  private static String name(String part, boolean differ) {
    return differ && part.equals("rejected") ? "different" : part;
  }
}
