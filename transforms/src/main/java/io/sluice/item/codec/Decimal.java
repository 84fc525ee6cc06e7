/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.codec;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A number taken apart without arithmetic, so that no exponent, however large, costs time or
 * memory.
 *
 * @param negative whether the value is below zero
 * @param digits the significant digits, with neither leading nor trailing zeros; empty for zero
 * @param high the power of ten of the first digit; 0 for zero
 */
public record Decimal(boolean negative, String digits, long high) {
  /** The limit of exponents: those beyond are far out of any range, and treated alike. */
  public static final long MAX_EXPONENT = 1_000_000_000_000_000L;

  private static final Decimal ZERO = new Decimal(false, "", 0);

  /**
   * Parses {@code [+-]digits[.digits][e[+-]digits]}, ASCII only; null when the text is not a
   * number.
   */
  public static @Nullable Decimal parse(String text) {
    int end = text.length();
    int at = 0;
    boolean negative = false;
    if (end > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+')) {
      negative = text.charAt(0) == '-';
      at = 1;
    }
    int point = -1;
    int count = 0;
    int whole = 0;
    // Positions, in the text and in the row of digits, of the first and the last non-zero digit.
    int first = -1;
    int firstDigit = 0;
    int last = -1;
    for (; at < end; at++) {
      char c = text.charAt(at);
      if (c >= '0' && c <= '9') {
        if (c != '0') {
          if (first < 0) {
            first = at;
            firstDigit = count;
          }
          last = at;
        }
        count++;
      } else if (c == '.' && point < 0) {
        point = at;
        whole = count;
      } else {
        break;
      }
    }
    if (count == 0) {
      return null;
    }
    if (point < 0) {
      whole = count;
    }
    long exponent = 0;
    if (at < end) {
      if ((text.charAt(at) | 0x20) != 'e' || !isExponent(text, at + 1)) {
        return null;
      }
      exponent = exponent(text, at + 1);
    }
    if (first < 0) {
      return ZERO;
    }
    String digits =
        point > first && point < last
            ? text.substring(first, point) + text.substring(point + 1, last + 1)
            : text.substring(first, last + 1);
    return new Decimal(negative, digits, exponent + whole - 1 - firstDigit);
  }

  private static boolean isExponent(String text, int from) {
    int at = from;
    if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      at++;
    }
    if (at == text.length()) {
      return false;
    }
    for (; at < text.length(); at++) {
      if (text.charAt(at) < '0' || text.charAt(at) > '9') {
        return false;
      }
    }
    return true;
  }

  private static long exponent(String text, int from) {
    long value = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0') {
        value = Math.min(value * 10 + (c - '0'), MAX_EXPONENT);
      }
    }
    return text.charAt(from) == '-' ? -value : value;
  }

  public boolean isZero() {
    return digits.isEmpty();
  }

  /** Returns the power of ten of the last digit; 0 for zero. */
  public long low() {
    return isZero() ? 0 : high - digits.length() + 1;
  }
}
