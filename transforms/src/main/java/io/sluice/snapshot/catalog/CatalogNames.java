/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.schema.ColumnNaming;
import java.util.Locale;

/**
 * Names that Athena and Glue take. They do not tell upper from lower case, and a column's name has
 * at most 255 bytes of UTF-8.
 *
 * <p>Athena's documentation has columns of any UTF-8 text, but promises nothing of characters other
 * than letters, digits and underscores, and for the fields of structures it excludes them.
 */
enum CatalogNames {
  /** Those of columns. */
  COLUMN {
    @Override
    boolean takes(int codePoint) {
      return ColumnNaming.UNICODE.keeps(codePoint);
    }
  },

  /**
   * Those of fields. They stand in the text of a type, such as {@code struct<größe:bigint>}: Hive's
   * parser of these, which Athena has too, looks at each char and takes Java's letters and digits.
   */
  FIELD {
    @Override
    boolean takes(int codePoint) {
      return codePoint == '_'
          || (Character.isBmpCodePoint(codePoint) && Character.isLetterOrDigit(codePoint));
    }
  };

  private static final int MAX_BYTES = 255;

  /** So that a suffix fits, too. */
  private static final int MAX_BYTES_MADE = 240;

  abstract boolean takes(int codePoint);

  /** What a table is called: {@code [a-z0-9_]}, with underscores for what is none of them. */
  static String folded(String table) {
    String lower = table.toLowerCase(Locale.ROOT);
    return lower.isEmpty() ? "_" : lower.replaceAll("[^a-z0-9_]", "_");
  }

  /** How a name is compared with others. */
  static String compared(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Whether a name is taken as it is, aside from case. */
  boolean takes(String name) {
    String compared = compared(name);
    return !compared.isEmpty()
        && compared.codePoints().allMatch(this::takes)
        && compared.getBytes(UTF_8).length <= MAX_BYTES;
  }

  /** A name for this one: in lower case, cut, with underscores for what is not taken. */
  String name(String name) {
    StringBuilder out = new StringBuilder();
    compared(name)
        .codePoints()
        .limit(MAX_BYTES_MADE)
        .forEach(c -> out.appendCodePoint(takes(c) ? c : '_'));
    while (out.toString().getBytes(UTF_8).length > MAX_BYTES_MADE) {
      out.setLength(out.offsetByCodePoints(out.length(), -1));
    }
    return out.isEmpty() ? "_" : out.toString();
  }
}
