/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc.value;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Parses PostgreSQL's text of an array, such as <code>{1,NULL,"a \"b\""}</code>, into nested lists.
 * The bounds that stand in front of an array that does not begin at 1 are left out: a list has
 * none.
 */
final class PostgresArray {
  /** More than the 6 that PostgreSQL allows. */
  private static final int MAX_LEVELS = 16;

  private static final String NULL = "NULL";

  private final String text;
  private final char delimiter;
  private final Function<String, @Nullable Object> element;
  private int at;

  private PostgresArray(String text, char delimiter, Function<String, @Nullable Object> element) {
    this.text = text;
    this.delimiter = delimiter;
    this.element = element;
  }

  /**
   * Parses an array.
   *
   * @param delimiter stands between elements
   * @param element converts the text of an element
   * @return lists of what the function returns, or null for a null element
   * @throws IllegalArgumentException when the text is not that of an array
   */
  static List<@Nullable Object> parse(
      String text, char delimiter, Function<String, @Nullable Object> element) {
    PostgresArray array = new PostgresArray(text, delimiter, element);
    array.skipBounds();
    List<@Nullable Object> list = array.list(1);
    if (array.at != text.length()) {
      throw array.broken();
    }
    return list;
  }

  private void skipBounds() {
    if (text.startsWith("[")) {
      at = text.indexOf('=') + 1;
    }
  }

  private List<@Nullable Object> list(int level) {
    if (level > MAX_LEVELS || next() != '{') {
      throw broken();
    }
    at++;
    List<@Nullable Object> list = new ArrayList<>();
    if (next() == '}') {
      at++;
      return list;
    }
    while (true) {
      switch (next()) {
        case '{' -> list.add(list(level + 1));
        case '"' -> list.add(element.apply(quoted()));
        default -> list.add(plain());
      }
      char end = next();
      at++;
      if (end == '}') {
        return list;
      }
      if (end != delimiter) {
        throw broken();
      }
    }
  }

  private String quoted() {
    StringBuilder out = new StringBuilder();
    for (at++; next() != '"'; at++) {
      if (next() == '\\') {
        at++;
      }
      out.append(next());
    }
    at++;
    return out.toString();
  }

  private @Nullable Object plain() {
    int start = at;
    while (next() != delimiter && next() != '}') {
      at++;
    }
    String plain = text.substring(start, at);
    return plain.equals(NULL) ? null : element.apply(plain);
  }

  private char next() {
    if (at >= text.length()) {
      throw broken();
    }
    return text.charAt(at);
  }

  private IllegalArgumentException broken() {
    return new IllegalArgumentException("no text of an array, from character " + at);
  }
}
