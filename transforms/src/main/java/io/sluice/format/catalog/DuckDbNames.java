/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.catalog;

/** Quotes and compares names as DuckDB does. */
public final class DuckDbNames {
  private DuckDbNames() {}

  /** Quotes a name. */
  public static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /**
   * Normalises a name: names that DuckDB treats as equal give the same text. It distinguishes É
   * from é.
   */
  public static String anyCase(String name) {
    StringBuilder out = new StringBuilder(name);
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      out.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c);
    }
    return out.toString();
  }
}
