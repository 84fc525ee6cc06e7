/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.harness;

import java.util.Arrays;
import java.util.Locale;

/**
 * How much of a budget was used, as consumed ÷ allowed.
 *
 * @param mean over all seconds
 * @param least over windows of 10 s
 * @param most over windows of 10 s
 * @param peak in a single second
 * @param reached after how many seconds 97 % were used for the first time; -1 for never
 */
public record BudgetUse(double mean, double least, double most, double peak, int reached) {
  /** The columns of a table of these. */
  public static final String[] COLUMNS = {
    "what happens", "mean", "least of 10 s", "most of 10 s", "most of a second", "s until 97 %"
  };

  private static final int WINDOW = 10;
  private static final double NEARLY_ALL = 0.97;

  /**
   * Judges the use of a budget.
   *
   * @param parts what was consumed in each second, divided by what was allowed
   */
  public static BudgetUse of(double[] parts) {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    int reached = -1;
    for (int i = 0; i < parts.length; i++) {
      if (reached < 0 && parts[i] >= NEARLY_ALL) {
        reached = i;
      }
      if (i + WINDOW <= parts.length) {
        double window = Arrays.stream(parts, i, i + WINDOW).sum() / WINDOW;
        least = Math.min(least, window);
        most = Math.max(most, window);
      }
    }
    return new BudgetUse(
        Arrays.stream(parts).average().orElse(0),
        least,
        most,
        Arrays.stream(parts).max().orElse(0),
        reached);
  }

  /** Adds a row to a table. */
  public void addTo(MarkdownTable table, String name) {
    table.row(name, three(mean), three(least), three(most), three(peak), reached);
  }

  private static String three(double number) {
    return String.format(Locale.ROOT, "%.3f", number);
  }
}
