/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.write;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table that is printed row by row. */
final class MarkdownTable {
  private MarkdownTable(String title, String... columns) {
    System.out.println("\n" + title + "\n");
    row((Object[]) columns);
    System.out.println("|" + " --- |".repeat(columns.length));
  }

  static MarkdownTable of(String title, String... columns) {
    return new MarkdownTable(title, columns);
  }

  void row(Object... cells) {
    System.out.println(
        Stream.of(cells).map(String::valueOf).collect(Collectors.joining(" | ", "| ", " |")));
  }

  static String whole(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  static String decimals(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
