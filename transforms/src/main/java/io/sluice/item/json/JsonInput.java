/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.item.codec.NameCache;
import io.sluice.item.codec.Utf8;
import java.io.IOException;
import java.util.Arrays;

/**
 * Walks through JSON in memory without creating objects: a string is given by its position. It is
 * not a general parser but one for the output of a known program: it accepts what JSON allows, and
 * is a little lenient with numbers and with what it skips.
 *
 * <p>Every method throws IOException when the JSON is not as expected or is truncated. No message
 * repeats any of its contents.
 */
public final class JsonInput {
  private final JsonUnescaper unescaped = new JsonUnescaper();
  private byte[] bytes = {};
  private int at;
  private int end;

  // The position of the last string.
  private byte[] source = bytes;
  private int from;
  private int to;

  /** Starts with other JSON. */
  public void open(byte[] json, int length) {
    bytes = json;
    source = json;
    at = 0;
    end = length;
  }

  /** Returns the next byte that is not white space, without taking it. */
  public int peek() throws IOException {
    for (; at < end; at++) {
      if (!isSpace(bytes[at])) {
        return bytes[at];
      }
    }
    throw DamagedJson.endsEarly();
  }

  private static boolean isSpace(int b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Takes the byte that must be next. */
  public void expect(int b) throws IOException {
    // Usually it is next, without white space before it.
    if (at < end && bytes[at] == b) {
      at++;
      return;
    }
    if (peek() != b) {
      throw DamagedJson.because("it is not as expected at byte " + at);
    }
    at++;
  }

  /** Takes a byte if it is next. */
  public boolean take(int b) throws IOException {
    if (peek() != b) {
      return false;
    }
    at++;
    return true;
  }

  /** Takes the comma before another element, or the closing bracket. */
  public boolean another(int close) throws IOException {
    if (take(',')) {
      return true;
    }
    expect(close);
    return false;
  }

  /** Checks that only white space is left. */
  public void expectEnd() throws IOException {
    for (; at < end; at++) {
      if (!isSpace(bytes[at])) {
        throw DamagedJson.because("it goes on after its end");
      }
    }
  }

  /** Returns where the next value begins. */
  public int position() throws IOException {
    peek();
    return at;
  }

  public byte[] copyFrom(int start) {
    return Arrays.copyOfRange(bytes, start, at);
  }

  /** Takes a string; its position is then in {@link #source}, {@link #from} and {@link #to}. */
  public void string() throws IOException {
    expect('"');
    byte[] in = bytes;
    int begin = at;
    int i = begin;
    int any = 0;
    while (i + PlainBytes.WIDTH <= end && PlainBytes.arePlain(in, i)) {
      i += PlainBytes.WIDTH;
    }
    for (; i < end; i++) {
      int b = in[i];
      if (b == '"') {
        break;
      }
      if (b == '\\') {
        takeEscaped(begin, i);
        return;
      }
      if (b < ' ' && b >= 0) {
        throw DamagedJson.because("a control character in a string");
      }
      any |= b;
    }
    if (i >= end) {
      throw DamagedJson.endsEarly();
    }
    if (any < 0) {
      JsonUnescaper.checkUtf8(in, begin, i);
    }
    source = in;
    from = begin;
    to = i;
    at = i + 1;
  }

  /** Takes a string with exactly these bytes if it is next and has no escapes. */
  boolean takeString(byte[] expected) {
    int begin = at + 1;
    int stop = begin + expected.length;
    if (stop < end
        && bytes[at] == '"'
        && bytes[stop] == '"'
        && Arrays.equals(bytes, begin, stop, expected, 0, expected.length)) {
      source = bytes;
      from = begin;
      to = stop;
      at = stop + 1;
      return true;
    }
    return false;
  }

  /**
   * Takes the beginning of an object and the name of its first field, if that is a single letter:
   * <code>{"S":</code>. Returns the letter, or 0 and takes nothing when there is something else.
   */
  int takeLetter() {
    int i = at;
    if (i + 4 < end
        && bytes[i] == '{'
        && bytes[i + 1] == '"'
        && bytes[i + 3] == '"'
        && bytes[i + 4] == ':') {
      at = i + 5;
      return bytes[i + 2];
    }
    return 0;
  }

  /** Takes the rest of a string with escapes, from the first of them. */
  private void takeEscaped(int begin, int firstEscape) throws IOException {
    at = unescaped.take(bytes, begin, firstEscape, end);
    source = unescaped.utf8();
    from = 0;
    to = unescaped.size();
  }

  /** Returns the array that holds the last string as UTF-8. */
  byte[] source() {
    return source;
  }

  /** Whether the last string had escapes. */
  boolean isEscaped() {
    return source != bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** Returns the length of the last string, in UTF-8. */
  int length() {
    return to - from;
  }

  /** Returns the last string. */
  public String text() {
    return Utf8.decode(source, from, to - from);
  }

  /** Returns the last string, which is likely to occur again. */
  public String name() {
    return NameCache.get(source, from, to - from);
  }

  /**
   * Takes a number that is not in quotes, spelt as JSON allows; its position is then that of a
   * string.
   */
  void exactNumber() throws IOException {
    from = position();
    source = bytes;
    to = JsonNumbers.end(bytes, from, end);
    if (to < 0) {
      throw DamagedJson.because("no number at byte " + from);
    }
    at = to;
  }

  /** Takes {@code true} or {@code false}. */
  boolean bool() throws IOException {
    boolean value = peek() == 't';
    word(value ? "true" : "false");
    return value;
  }

  private void word(String word) throws IOException {
    for (int i = 0; i < word.length(); i++) {
      if (at >= end) {
        throw DamagedJson.endsEarly();
      }
      if (bytes[at++] != word.charAt(i)) {
        throw DamagedJson.because("it is not as expected at byte " + at);
      }
    }
  }

  /** Takes a number that is not in quotes. */
  public double number() throws IOException {
    int begin = position();
    while (at < end && isOfNumber(bytes[at])) {
      at++;
    }
    try {
      return Double.parseDouble(new String(bytes, begin, at - begin, ISO_8859_1));
    } catch (NumberFormatException e) {
      throw DamagedJson.because("no number at byte " + begin);
    }
  }

  private static boolean isOfNumber(int b) {
    return (b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.' || b == 'e' || b == 'E';
  }

  /** Skips a value of any kind. */
  public void skip() throws IOException {
    int depth = 0;
    do {
      switch (peek()) {
        case '"' -> string();
        case '{', '[' -> {
          depth++;
          at++;
        }
        case '}', ']' -> {
          depth--;
          at++;
        }
        case ',', ':' -> at++;
        case 't', 'f' -> bool();
        case 'n' -> word("null");
        default -> exactNumber();
      }
    } while (depth > 0);
    if (depth < 0) {
      throw DamagedJson.because("a value is missing");
    }
  }

  /** Takes a {@code null} if it is next. */
  public boolean takeNull() throws IOException {
    if (peek() != 'n') {
      return false;
    }
    word("null");
    return true;
  }
}
