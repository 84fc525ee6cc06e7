/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Computes with UTF-8 without allocation, and strictly where the JDK replaces silently. */
public final class Utf8 {
  /** The result of {@link #length} for a string that has no UTF-8 form. */
  public static final int LONE_SURROGATE = -1;

  private Utf8() {}

  /**
   * Returns the length of a string in UTF-8, in bytes; {@link #LONE_SURROGATE} when the string is
   * not valid Unicode.
   *
   * @throws IllegalArgumentException when the length is over 2^31 - 1 bytes
   */
  public static int length(String s) {
    int chars = s.length();
    int i = 0;
    while (i < chars && s.charAt(i) < 0x80) {
      i++;
    }
    long bytes = chars;
    for (; i < chars; i++) {
      char c = s.charAt(i);
      if (c >= 0x800) {
        if (Character.isSurrogate(c)) {
          // A pair is 2 chars and 4 bytes.
          if (!isPair(s, i)) {
            return LONE_SURROGATE;
          }
          i++;
        }
        bytes += 2;
      } else if (c >= 0x80) {
        bytes++;
      }
    }
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a string is over 2^31 - 1 bytes in UTF-8");
    }
    return (int) bytes;
  }

  /** Whether chars {@code at} and {@code at + 1} are a high and a low surrogate. */
  static boolean isPair(String s, int at) {
    return Character.isHighSurrogate(s.charAt(at))
        && at + 1 < s.length()
        && Character.isLowSurrogate(s.charAt(at + 1));
  }

  /** Whether bytes are UTF-8; as fast as can be when they are ASCII. */
  public static boolean isValid(byte[] bytes, int offset, int length) {
    int any = 0;
    for (int i = offset; i < offset + length; i++) {
      any |= bytes[i];
    }
    return any >= 0 || firstInvalid(bytes, offset, length) < 0;
  }

  /**
   * Returns the offset of the first byte that is not UTF-8, -1 when there is none. Overlong forms,
   * encoded surrogates and code points over U+10FFFF are not UTF-8.
   */
  public static int firstInvalid(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int i = offset;
    while (i < end) {
      int b = bytes[i];
      if (b >= 0) {
        i++;
        continue;
      }
      int lead = b & 0xFF;
      int more = lead < 0xC2 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : lead < 0xF5 ? 3 : 0;
      if (more == 0 || i + more >= end || !secondFits(lead, bytes[i + 1] & 0xFF)) {
        return i;
      }
      for (int k = 2; k <= more; k++) {
        if ((bytes[i + k] & 0xC0) != 0x80) {
          return i;
        }
      }
      i += more + 1;
    }
    return -1;
  }

  private static boolean secondFits(int lead, int second) {
    return switch (lead) {
      case 0xE0 -> second >= 0xA0 && second <= 0xBF;
      case 0xED -> second >= 0x80 && second <= 0x9F;
      case 0xF0 -> second >= 0x90 && second <= 0xBF;
      case 0xF4 -> second >= 0x80 && second <= 0x8F;
      default -> second >= 0x80 && second <= 0xBF;
    };
  }

  /**
   * Decodes bytes strictly.
   *
   * @throws IllegalArgumentException when they are not UTF-8
   */
  public static String decode(byte[] bytes, int offset, int length) {
    String value = new String(bytes, offset, length, UTF_8);
    // The JDK replaces bytes that are not UTF-8. The search costs nothing in a Latin-1 string.
    if (value.indexOf('\uFFFD') >= 0 && firstInvalid(bytes, offset, length) >= 0) {
      throw CorruptBytes.because("a string is not UTF-8");
    }
    return value;
  }
}
