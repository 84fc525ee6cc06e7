/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import io.sluice.item.codec.ByteWriter;
import io.sluice.item.codec.Utf8;
import java.io.IOException;

/** Decodes JSON strings with escapes. Not for use by several threads. */
final class JsonUnescaper {
  private static final int HEX = 16;
  private static final int HEX_DIGITS = 4;

  private static final int FIRST_BYTES = 256;

  /** The memory that is kept for the next string, in bytes. */
  private static final int MAX_KEPT_BYTES = 1 << 20;

  private ByteWriter out = new ByteWriter(FIRST_BYTES);
  private byte[] json = {};
  private int end;

  /**
   * Returns the array that holds the {@link #size} bytes of the string at its start; not a copy.
   */
  byte[] utf8() {
    return out.array();
  }

  int size() {
    return out.size();
  }

  /**
   * Decodes a string.
   *
   * @param from the position after its opening quote
   * @param firstEscape the position of its first escape
   * @param end the end of the JSON
   * @return the position after its closing quote
   * @throws IOException when it is not a string, or is truncated
   */
  int take(byte[] bytes, int from, int firstEscape, int end) throws IOException {
    if (out.array().length > MAX_KEPT_BYTES) {
      out = new ByteWriter(FIRST_BYTES);
    }
    out.clear();
    json = bytes;
    this.end = end;
    int plain = from;
    int i = firstEscape;
    while (i < end && bytes[i] != '"') {
      int b = bytes[i];
      if (b >= 0 && b < ' ') {
        throw DamagedJson.because("a control character in a string");
      }
      if (b == '\\') {
        append(plain, i);
        i = escape(i + 1);
        plain = i;
      } else {
        i++;
      }
    }
    if (i >= end) {
      throw DamagedJson.endsEarly();
    }
    append(plain, i);
    return i + 1;
  }

  private void append(int start, int stop) throws IOException {
    checkUtf8(json, start, stop);
    out.writeRaw(json, start, stop - start);
  }

  static void checkUtf8(byte[] bytes, int start, int stop) throws IOException {
    if (Utf8.firstInvalid(bytes, start, stop - start) >= 0) {
      throw DamagedJson.because("a string is not UTF-8");
    }
  }

  /** Writes the character of an escape; returns where the escape ends. */
  private int escape(int i) throws IOException {
    if (i >= end) {
      throw DamagedJson.endsEarly();
    }
    switch (json[i]) {
      case '"', '\\', '/' -> out.writeByte(json[i]);
      case 'b' -> out.writeByte('\b');
      case 'f' -> out.writeByte('\f');
      case 'n' -> out.writeByte('\n');
      case 'r' -> out.writeByte('\r');
      case 't' -> out.writeByte('\t');
      case 'u' -> {
        return unicode(i + 1);
      }
      default -> throw DamagedJson.because("no such escape");
    }
    return i + 1;
  }

  private int unicode(int i) throws IOException {
    int c = hex(i);
    int next = i + HEX_DIGITS;
    if (!Character.isSurrogate((char) c)) {
      out.writeCodePoint(c);
      return next;
    }
    // A surrogate pair has two escapes, one for each half.
    if (!Character.isHighSurrogate((char) c)
        || next + 1 >= end
        || json[next] != '\\'
        || json[next + 1] != 'u') {
      throw DamagedJson.because("a lone surrogate");
    }
    int low = hex(next + 2);
    if (!Character.isLowSurrogate((char) low)) {
      throw DamagedJson.because("a lone surrogate");
    }
    out.writeCodePoint(Character.toCodePoint((char) c, (char) low));
    return next + 2 + HEX_DIGITS;
  }

  private int hex(int i) throws IOException {
    if (i + HEX_DIGITS > end) {
      throw DamagedJson.endsEarly();
    }
    int value = 0;
    for (int k = i; k < i + HEX_DIGITS; k++) {
      int digit = Character.digit(json[k], HEX);
      if (digit < 0) {
        throw DamagedJson.because("no such escape");
      }
      value = value * HEX + digit;
    }
    return value;
  }
}
