/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.csv;

import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Splits a CSV record in which a character escapes the next one, inside and outside quotes, as
 * MySQL and Redshift write it: {@code \"}, {@code \\}, an escaped delimiter and escaped line ends
 * are literal; {@code \0 \b \n \r \t \Z} are the control characters of MySQL; a field {@code \N}
 * has no value.
 */
final class EscapedFields {
  private final String text;
  private final String delimiter;
  private final char escape;
  private final StringBuilder field = new StringBuilder();
  private int at;

  private EscapedFields(String text, String delimiter, char escape) {
    this.text = text;
    this.delimiter = delimiter;
    this.escape = escape;
  }

  /**
   * Splits a record into fields; null stands for a field without a value.
   *
   * @throws InvalidItemException MALFORMED
   */
  static @Nullable String[] of(String text, String delimiter, char escape)
      throws InvalidItemException {
    return new EscapedFields(text, delimiter, escape).fields();
  }

  private @Nullable String[] fields() throws InvalidItemException {
    List<@Nullable String> fields = new ArrayList<>();
    fields.add(field());
    while (at < text.length()) {
      at += delimiter.length();
      fields.add(field());
    }
    return fields.toArray(new String[0]);
  }

  /** Reads a field, up to the delimiter or the end. */
  private @Nullable String field() throws InvalidItemException {
    field.setLength(0);
    int start = at;
    if (at < text.length() && text.charAt(at) == '"') {
      at++;
      quoted();
      return field.toString();
    }
    while (!isEnd()) {
      if (text.charAt(at) == '\r' || text.charAt(at) == '\n') {
        throw new InvalidItemException(
            Reason.MALFORMED, "not one CSV record: a line end without an escape is in a field");
      }
      take();
    }
    boolean none = at == start + 2 && text.charAt(start) == escape && text.charAt(at - 1) == 'N';
    return none ? null : field.toString();
  }

  private void quoted() throws InvalidItemException {
    while (at < text.length()) {
      if (text.charAt(at) != '"') {
        take();
        continue;
      }
      at++;
      if (isEnd()) {
        return;
      }
      if (text.charAt(at) != '"') {
        break;
      }
      take();
    }
    throw new InvalidItemException(
        Reason.MALFORMED, "not one CSV record: a quote is not closed, or text follows one");
  }

  private boolean isEnd() {
    return at == text.length() || text.startsWith(delimiter, at);
  }

  /** Appends a character, or the one that an escape sequence stands for, to the field. */
  private void take() throws InvalidItemException {
    char c = text.charAt(at++);
    if (c != escape) {
      field.append(c);
      return;
    }
    if (at == text.length()) {
      throw new InvalidItemException(
          Reason.MALFORMED, "not one CSV record: nothing is behind the escape at its end");
    }
    field.append(meaning(text.charAt(at++)));
  }

  private static char meaning(char escaped) {
    return switch (escaped) {
      case '0' -> '\0';
      case 'b' -> '\b';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'Z' -> '\u001a';
      default -> escaped;
    };
  }
}
