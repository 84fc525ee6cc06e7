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
 * Checks and makes names that Athena and Glue accept. They ignore case, and a column's name has at
 * most 255 bytes of UTF-8.
 *
 * <p>Athena's documentation allows any UTF-8 text in columns, but guarantees only letters, digits
 * and underscores, and excludes other characters from the fields of structures.
 */
enum CatalogNames {
  /** Names of columns. */
  COLUMN {
    @Override
    boolean takes(int codePoint) {
      return ColumnNaming.UNICODE.keeps(codePoint);
    }
  },

  /**
   * Names of fields, which occur in the text of a type, such as {@code struct<größe:bigint>}.
   * Hive's parser for types, which Athena uses too, checks each char and accepts what Java regards
   * as letters and digits.
   */
  FIELD {
    @Override
    boolean takes(int codePoint) {
      return codePoint == '_'
          || (Character.isBmpCodePoint(codePoint) && Character.isLetterOrDigit(codePoint));
    }
  };

  private static final int MAX_BYTES = 255;

  /** Leaves room for a suffix. */
  private static final int MAX_BYTES_MADE = 240;

  abstract boolean takes(int codePoint);

  /**
   * Returns the name of a table: {@code [a-z0-9_]}, with underscores in place of other characters.
   */
  static String folded(String table) {
    String lower = table.toLowerCase(Locale.ROOT);
    return lower.isEmpty() ? "_" : lower.replaceAll("[^a-z0-9_]", "_");
  }

  /** Returns the form in which a name is compared with others. */
  static String compared(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Whether a name is accepted as it is, apart from case. */
  boolean takes(String name) {
    String compared = compared(name);
    return !compared.isEmpty()
        && compared.codePoints().allMatch(this::takes)
        && compared.getBytes(UTF_8).length <= MAX_BYTES;
  }

  /**
   * Makes an acceptable name: in lower case, shortened, with underscores for characters that are
   * not accepted.
   */
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
