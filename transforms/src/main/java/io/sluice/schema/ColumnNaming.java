/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;

/** Defines which characters of an attribute's name stay in the name of its column. */
public enum ColumnNaming {
  /**
   * Letters, digits and combining marks of all scripts, and underscores: readers of Parquet find
   * columns by these names.
   */
  UNICODE {
    @Override
    public boolean keeps(int codePoint) {
      return codePoint == '_'
          || Character.isLetterOrDigit(codePoint)
          || Character.getType(codePoint) == Character.LETTER_NUMBER
          || isMark(codePoint);
    }
  },

  /** ASCII letters and digits, and underscores: Avro's specification allows no others. */
  ASCII {
    @Override
    public boolean keeps(int codePoint) {
      return codePoint < 0x80 && UNICODE.keeps(codePoint);
    }
  };

  private static final int MAX_CHARS = 128;

  /** Glue allows 255 bytes in lower case, and a suffix has to fit, too. */
  private static final int MAX_BYTES = 240;

  /** Whether a character stays as it is. */
  public abstract boolean keeps(int codePoint);

  /**
   * Returns the name of a column for an attribute, which is not necessarily unique. Other
   * characters become underscores, and so do combining marks without a letter or digit before them.
   * A leading digit gets an underscore before it. The name has at most 129 characters, and at most
   * 241 bytes of UTF-8 in lower case.
   */
  public String column(String attribute) {
    StringBuilder out = new StringBuilder();
    boolean isBase = false;
    for (int c : attribute.codePoints().limit(MAX_CHARS).toArray()) {
      boolean kept = keeps(c) && (isBase || !isMark(c));
      out.appendCodePoint(kept ? c : '_');
      isBase = kept && c != '_';
    }
    while (out.toString().toLowerCase(Locale.ROOT).getBytes(UTF_8).length > MAX_BYTES) {
      out.setLength(out.offsetByCodePoints(out.length(), -1));
    }
    if (out.isEmpty() || Character.isDigit(out.codePointAt(0))) {
      out.insert(0, '_');
    }
    return out.toString();
  }

  private static boolean isMark(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }
}
