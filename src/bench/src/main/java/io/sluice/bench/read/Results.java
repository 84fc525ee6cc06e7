/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.read;

import io.sluice.bench.harness.Fork;
import io.sluice.bench.harness.MarkdownTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The measurements of each contender, or what went wrong. They take turns, in reverse order in the
 * next round.
 */
final class Results<T> {
  private final Map<Contender, List<T>> measured = new EnumMap<>(Contender.class);
  private final Map<Contender, String> errors = new EnumMap<>(Contender.class);

  private Results() {}

  /** Measures a contender once. */
  interface Measurement<T> {
    T of(Contender contender) throws IOException;
  }

  /** Returns the cells of a contender's row after its label. */
  interface Cells<T> {
    List<String> of(List<T> measured);
  }

  static <T> Results<T> of(Plan plan, Measurement<T> measurement) {
    Results<T> results = new Results<>();
    List<Contender> order = new ArrayList<>(List.of(Contender.values()));
    for (int round = 0; round < plan.rounds(); round++) {
      order.forEach(contender -> results.add(contender, measurement));
      Collections.reverse(order);
    }
    return results;
  }

  private void add(Contender contender, Measurement<T> measurement) {
    if (errors.containsKey(contender)) {
      return;
    }
    try {
      measured.computeIfAbsent(contender, c -> new ArrayList<>()).add(measurement.of(contender));
    } catch (IOException | Fork.WrongBooksException e) {
      errors.put(contender, String.valueOf(e.getMessage()));
    }
  }

  /** Prints a row for each contender; returns how many of them are errors. */
  int print(MarkdownTable table, Cells<T> cells) {
    measured.forEach(
        (contender, of) -> {
          List<String> row = new ArrayList<>(List.of(contender.label()));
          if (errors.containsKey(contender)) {
            row.add("error: " + errors.get(contender));
          } else {
            row.addAll(cells.of(of));
          }
          table.row(row.toArray());
        });
    return errors.size();
  }

  /** Returns the figure of a contender to which others are compared; NaN when that failed. */
  double figureOf(Contender contender, ToDoubleFunction<List<T>> figure) {
    return errors.containsKey(contender)
        ? Double.NaN
        : figure.applyAsDouble(measured.get(contender));
  }
}
