/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects JSON in UTF-8, and escapes no more than it must. */
final class JsonBytes {

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  /** Limits the bytes of an escaped character. */
  private static final int MAX_ESCAPE = 6;

  private static final int MAX_LONG_DIGITS = 19;

  /** Has for each byte what follows the backslash, 'u' for a code, 0 for no backslash at all. */
  private static final byte[] ESCAPES = escapes();

  private byte[] bytes = new byte[1024];
  private int size;

  private static byte[] escapes() {
    byte[] escapes = new byte[256];
    Arrays.fill(escapes, 0, ' ', (byte) 'u');
    escapes['\b'] = 'b';
    escapes['\t'] = 't';
    escapes['\n'] = 'n';
    escapes['\f'] = 'f';
    escapes['\r'] = 'r';
    escapes['"'] = '"';
    escapes['\\'] = '\\';
    return escapes;
  }

  /** Appends bytes as they are. */
  JsonBytes raw(byte[] json) {
    reserve(json.length);
    System.arraycopy(json, 0, bytes, size, json.length);
    size += json.length;
    return this;
  }

  /** Appends an ASCII character as it is. */
  JsonBytes raw(char json) {
    reserve(1);
    bytes[size++] = (byte) json;
    return this;
  }

  /** Appends a string of which the UTF-8 is given. */
  JsonBytes string(byte[] utf8, int from, int length) {
    reserve(length + 2);
    bytes[size++] = '"';
    byte[] target = bytes;
    int to = size;
    for (int i = 0; i < length; i++) {
      byte b = utf8[from + i];
      if (ESCAPES[b & 0xFF] != 0) {
        size = to;
        escaped(utf8, from + i, from + length);
        return raw('"');
      }
      target[to++] = b;
    }
    target[to] = '"';
    size = to + 1;
    return this;
  }

  private void escaped(byte[] utf8, int from, int to) {
    reserve(MAX_ESCAPE * (to - from));
    for (int i = from; i < to; i++) {
      byte b = utf8[i];
      byte escape = ESCAPES[b & 0xFF];
      if (escape != 0) {
        bytes[size++] = '\\';
        b = escape;
      }
      bytes[size++] = b;
      if (escape == 'u') {
        bytes[size++] = '0';
        bytes[size++] = '0';
        bytes[size++] = HEX[utf8[i] >> 4];
        bytes[size++] = HEX[utf8[i] & 0xF];
      }
    }
  }

  /** Appends a string with all digits of a number. */
  JsonBytes number(BigDecimal number) {
    byte[] text = Numbers.format(number).getBytes(StandardCharsets.US_ASCII);
    return string(text, 0, text.length);
  }

  /** Appends the same as {@link #number(BigDecimal)}, for a number without trailing zeros. */
  JsonBytes number(long unscaled, int scale) {
    if (scale < 0 || scale > MAX_LONG_DIGITS) {
      return number(BigDecimal.valueOf(unscaled, scale));
    }
    reserve(2 * MAX_LONG_DIGITS + MAX_ESCAPE);
    bytes[size++] = '"';
    if (unscaled < 0) {
      bytes[size++] = '-';
    }
    long rest = Math.abs(unscaled);
    int digits = Math.max(digits(rest), scale + 1);
    int end = size + digits + (scale > 0 ? 1 : 0);
    int at = end;
    for (int i = 0; i < digits; i++) {
      if (i == scale && i > 0) {
        bytes[--at] = '.';
      }
      bytes[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size = end;
    return raw('"');
  }

  private static int digits(long number) {
    int digits = 1;
    // No division: those take most of the time that a number takes.
    for (long power = 10; digits < MAX_LONG_DIGITS && number >= power; power *= 10) {
      digits++;
    }
    return digits;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  /** Counts the bytes that are collected. */
  int size() {
    return size;
  }

  /** Has a generator write what comes before a value, a comma for example. */
  static void startValue(JsonGenerator json) throws IOException {
    json.writeRawValue("");
  }

  /** Writes all that is collected as a part of a value, and starts again with nothing. */
  void writeTo(JsonGenerator json) throws IOException {
    if (json.getOutputTarget() instanceof OutputStream stream) {
      json.flush();
      stream.write(bytes, 0, size);
    } else {
      json.writeRaw(new String(bytes, 0, size, StandardCharsets.UTF_8));
    }
    size = 0;
  }
}
