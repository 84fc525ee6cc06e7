/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.csv;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Describes how a file's bytes become records and fields, where it differs from RFC 4180.
 *
 * @param delimiter separates fields: 1 to 8 ASCII characters, none a quote or a line end
 * @param escape the character that makes the next one literal; null for none
 * @param comment the character that begins a comment line; null for none
 * @param skippedLines how many lines at the beginning of a file are not records; 0 or more
 * @param encoding the name of the character set; null for UTF-8, or UTF-16 with a byte order mark
 */
public record CsvDialect(
    String delimiter,
    @Nullable Character escape,
    @Nullable Character comment,
    int skippedLines,
    @Nullable String encoding)
    implements Serializable {

  /** As many bytes as fit into a long. */
  private static final int MAX_DELIMITER = 8;

  public CsvDialect {
    if (delimiter.isEmpty()
        || delimiter.length() > MAX_DELIMITER
        || !delimiter.chars().allMatch(c -> isPlain((char) c))) {
      throw new IllegalArgumentException(
          "the delimiter must be 1 to 8 ASCII characters, none a quote or a line end");
    }
    check("escape", escape, delimiter);
    check("comment", comment, delimiter);
    if (skippedLines < 0) {
      throw new IllegalArgumentException(
          "the lines to skip are " + skippedLines + ", must be 0 or more");
    }
    if (encoding != null && !isSupported(encoding)) {
      throw new IllegalArgumentException(
          "the encoding '" + encoding + "' is not known; give one such as UTF-16 or windows-1252");
    }
  }

  private static void check(String what, @Nullable Character character, String delimiter) {
    if (character != null && (!isPlain(character) || delimiter.indexOf(character) >= 0)) {
      throw new IllegalArgumentException(
          "the "
              + what
              + " character must be one ASCII character, no quote, no line end, and not in the"
              + " delimiter");
    }
  }

  private static boolean isPlain(char c) {
    return c <= 127 && c != '"' && c != '\n' && c != '\r';
  }

  private static boolean isSupported(String encoding) {
    try {
      return Charset.isSupported(encoding);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Returns the dialect of RFC 4180 with this delimiter. */
  public static CsvDialect of(String delimiter) {
    return new CsvDialect(delimiter, null, null, 0, null);
  }

  /** Returns this dialect with another delimiter. */
  public CsvDialect withDelimiter(String other) {
    return new CsvDialect(other, escape, comment, skippedLines, encoding);
  }

  /** Whether the delimiter is one byte and only quotes are special otherwise. */
  public boolean isPlain() {
    return delimiter.length() == 1 && escape == null && comment == null;
  }

  boolean isComment(byte[] record) {
    return comment != null && record.length > 0 && record[0] == comment;
  }

  /** Returns the character set; null for UTF-8. */
  @Nullable Charset charset() {
    Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
    return charset.equals(StandardCharsets.UTF_8) ? null : charset;
  }
}
