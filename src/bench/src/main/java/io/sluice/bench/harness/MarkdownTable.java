/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.harness;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints a Markdown table row by row. */
public final class MarkdownTable {
  private MarkdownTable(String title, String... columns) {
    System.out.println("\n" + title + "\n");
    row((Object[]) columns);
    System.out.println("|" + " --- |".repeat(columns.length));
  }

  public static MarkdownTable of(String title, String... columns) {
    return new MarkdownTable(title, columns);
  }

  public void row(Object... cells) {
    System.out.println(
        Stream.of(cells).map(String::valueOf).collect(Collectors.joining(" | ", "| ", " |")));
  }

  public static String whole(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  public static String decimals(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }

  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
