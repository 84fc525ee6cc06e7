/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Passes over JSON in UTF-8 as long as that is plain: tokens where they are expected, and strings
 * without escapes. Whoever meets something else has to read it in another way. It also collects
 * what is made of the text.
 */
class JsonCursor {

  static final byte[] BOOL = "\"BOOL\"".getBytes(US_ASCII);
  static final byte[] NULL = "\"NULL\"".getBytes(US_ASCII);
  static final byte[] TRUE = "true".getBytes(US_ASCII);
  static final byte[] FALSE = "false".getBytes(US_ASCII);

  /** Is more than a value of a fixed size takes, or what comes before the bytes of another. */
  static final int RESERVE = 32;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;

  /** Limits what is made of the JSON of one item. */
  private static final int MAX_ENCODED = Sizes.MAX_ITEM + 4096;

  private static final long HIGHS = 0x8080808080808080L;

  final byte[] json;

  /** Is where the JSON ends. */
  final int end;

  /** Is where the next token begins, or white space before it. */
  int at;

  /** Collects what is made of the JSON, up to {@link #to}. */
  byte[] out = new byte[1024];

  int to;

  JsonCursor(byte[] json, int begin, int end) {
    this.json = json;
    this.at = begin;
    this.end = end;
  }

  /**
   * Passes over white space and {@code token}; passes over white space only if that is not next.
   */
  final boolean skip(char token) {
    if (next() == token) {
      at++;
      return true;
    }
    return false;
  }

  /** Passes over white space and ASCII; passes over white space only if that is not next. */
  final boolean skip(byte[] token) {
    next();
    if (end - at < token.length) {
      return false;
    }
    for (int i = 0; i < token.length; i++) {
      if (json[at + i] != token[i]) {
        return false;
      }
    }
    at += token.length;
    return true;
  }

  /** Passes over white space, and gives the byte behind it, or -1 at the end. */
  final int next() {
    while (at < end) {
      byte b = json[at];
      if (b > ' ' || b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b & 0xFF;
      }
      at++;
    }
    return -1;
  }

  /**
   * Passes over a string, and gives where its quote at the end is, or -1 if it is not plain: then
   * {@link #at} has not the place of a token. Its text begins at {@code start}.
   *
   * @param start behind the quote at its begin
   */
  final int endOfText(int start) {
    int p = start;
    while (p + Long.BYTES <= end) {
      int plain = plain((long) LONG.get(json, p));
      p += plain;
      if (plain < Long.BYTES) {
        break;
      }
    }
    while (p < end) {
      byte b = json[p];
      if (b == '"') {
        at = p + 1;
        return p;
      }
      if (b >= ' ' && b != '\\') {
        p++;
      } else if (b < 0) {
        p = behindCharacter(p);
      } else {
        return -1;
      }
      if (p < 0) {
        return -1;
      }
    }
    return -1;
  }

  /** Counts the bytes before the first one that is not ASCII, or is not itself in a string. */
  private static int plain(long bytes) {
    long quote = bytes ^ ONES * '"';
    long escape = bytes ^ ONES * '\\';
    // A borrow spoils bytes only behind one that is found.
    long found = (bytes - ONES * ' ' | quote - ONES | escape - ONES | bytes) & HIGHS;
    return Long.numberOfTrailingZeros(found) >>> 3;
  }

  /** Gives where the next character begins, or -1 if this one is not well-formed UTF-8. */
  private int behindCharacter(int p) {
    int first = json[p] & 0xFF;
    int second = tail(p + 1);
    if (first < 0xC2 || second < 0) {
      return -1;
    }
    if (first < 0xE0) {
      return p + 2;
    }
    int third = tail(p + 2);
    if (first < 0xF0) {
      int least = first == 0xE0 ? 0x20 : 0;
      int most = first == 0xED ? 0x1F : 0x3F;
      return second >= least && second <= most && third >= 0 ? p + 3 : -1;
    }
    int least = first == 0xF0 ? 0x10 : 0;
    int most = first == 0xF4 ? 0x0F : 0x3F;
    return first <= 0xF4 && second >= least && second <= most && third >= 0 && tail(p + 3) >= 0
        ? p + 4
        : -1;
  }

  /** Gives the bits of a byte that continues a character, or -1 if this one does not. */
  private int tail(int p) {
    return p < end && (json[p] & 0xC0) == 0x80 ? json[p] & 0x3F : -1;
  }

  /** Writes a number of bytes as {@link ItemWriter} does. */
  final void count(int count) {
    int rest = count;
    for (; rest > 0x7F; rest >>>= 7) {
      out[to++] = (byte) (rest | 0x80);
    }
    out[to++] = (byte) rest;
  }

  /** Encodes a number that may be negative, as {@link ItemWriter} does. */
  final void signed(long value) {
    long rest = value << 1 ^ value >> 63;
    for (; (rest & ~0x7FL) != 0; rest >>>= 7) {
      out[to++] = (byte) (rest | 0x80);
    }
    out[to++] = (byte) rest;
  }

  /** Makes place for more bytes, unless the item is too large anyway. */
  final boolean reserve(int more) {
    if (out.length - to >= more) {
      return true;
    }
    if (to + more > MAX_ENCODED) {
      return false;
    }
    out = Arrays.copyOf(out, Math.max(2 * out.length, to + more));
    return true;
  }

  /** Copies bytes to the result, for which there is room. */
  final void copy(byte[] from, int begin, int length) {
    System.arraycopy(from, begin, out, to, length);
    to += length;
  }
}
