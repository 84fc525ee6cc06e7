/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc.copy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** Spells PostgreSQL's binary numbers. */
final class BinaryNumbers {
  private static final int DIGITS = 4;
  private static final int NEGATIVE = 0x4000;
  private static final int NAN = 0xC000;
  private static final int INFINITY = 0xD000;
  private static final int MINUS_INFINITY = 0xF000;
  private static final int HEADER = 4 * Short.BYTES;

  private BinaryNumbers() {}

  /** Returns a signed number of up to 8 bytes, the most significant first. */
  static long whole(byte[] message, int from, int length) {
    long value = message[from];
    for (int i = 1; i < length; i++) {
      value = value << Byte.SIZE | message[from + i] & 0xFF;
    }
    return value;
  }

  private static int unsigned(byte[] message, int at) {
    return (message[at] & 0xFF) << Byte.SIZE | message[at + 1] & 0xFF;
  }

  /**
   * Spells a numeric: so many groups of four decimal digits, the power of 10,000 of the first one,
   * the sign, and how many digits there are behind the point.
   */
  static byte[] numeric(byte[] message, int from) {
    int groups = unsigned(message, from);
    int weight = (short) unsigned(message, from + Short.BYTES);
    int sign = unsigned(message, from + 2 * Short.BYTES);
    int scale = unsigned(message, from + 3 * Short.BYTES);
    switch (sign) {
      case NAN:
        return "NaN".getBytes(ISO_8859_1);
      case INFINITY:
        return "Infinity".getBytes(ISO_8859_1);
      case MINUS_INFINITY:
        return "-Infinity".getBytes(ISO_8859_1);
      default:
        break;
    }
    int behind = (scale + DIGITS - 1) / DIGITS;
    byte[] text = new byte[2 + DIGITS * (Math.max(weight, 0) + 1 + behind)];
    int at = 0;
    if (sign == NEGATIVE) {
      text[at++] = '-';
    }
    int first = at;
    for (int power = Math.max(weight, 0); power >= 0; power--) {
      put(text, at, group(message, from, groups, weight - power));
      at += DIGITS;
    }
    at = withoutLeadingZeros(text, first, at);
    if (scale > 0) {
      text[at++] = '.';
      int end = at + scale;
      for (int power = -1; at < end; power--) {
        put(text, at, group(message, from, groups, weight - power));
        at += DIGITS;
      }
      at = end;
    }
    return Arrays.copyOf(text, at);
  }

  /** Returns the digits of a group; those that are not sent are zero. */
  private static int group(byte[] message, int from, int groups, int number) {
    return number < 0 || number >= groups
        ? 0
        : unsigned(message, from + HEADER + Short.BYTES * number);
  }

  private static void put(byte[] text, int at, int group) {
    text[at] = (byte) ('0' + group / 1000);
    text[at + 1] = (byte) ('0' + group / 100 % 10);
    text[at + 2] = (byte) ('0' + group / 10 % 10);
    text[at + 3] = (byte) ('0' + group % 10);
  }

  /** Moves the digits to their beginning; returns their end. */
  private static int withoutLeadingZeros(byte[] text, int first, int end) {
    int begin = first;
    while (begin < end - 1 && text[begin] == '0') {
      begin++;
    }
    System.arraycopy(text, begin, text, first, end - begin);
    return first + end - begin;
  }
}
