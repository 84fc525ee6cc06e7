/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Scans the text of a number once, and keeps its significant digits and its power of ten.
 *
 * <p>Its work grows with the length of the text alone: an exponent of a billion costs as little as
 * one of ten, and digits beyond the 38th are counted and not kept.
 */
final class NumberScanner {

  static final int MAX_DIGITS = 38;

  /** Counts the digits that surely fit in a long. */
  private static final int COMPACT_DIGITS = 18;

  /** Stands for every exponent beyond it, each of which is out of range. */
  private static final long HUGE = 1L << 40;

  private final String text;
  private int at;

  private boolean negative;
  private int digits;
  private long compact;
  private StringBuilder wide;

  /** Counts the zeros since the last other digit, which are significant if another one follows. */
  private int zeros;

  private int fraction;
  private long exponent;

  NumberScanner(String text) {
    this.text = text;
  }

  /** Scans the text, and reports whether it is a number. */
  boolean scan() {
    negative = skip('-');
    if (!negative) {
      skip('+');
    }
    int begin = at;
    scanDigits();
    int seen = at - begin;
    if (skip('.')) {
      int point = at;
      scanDigits();
      fraction = at - point;
      seen += fraction;
    }
    if (seen == 0) {
      return false;
    }
    if (skip('e') || skip('E')) {
      return exponent() && at == text.length();
    }
    return at == text.length();
  }

  private boolean skip(char wanted) {
    boolean found = at < text.length() && text.charAt(at) == wanted;
    if (found) {
      at++;
    }
    return found;
  }

  private void scanDigits() {
    for (; at < text.length(); at++) {
      char digit = text.charAt(at);
      if (digit < '0' || digit > '9') {
        return;
      }
      if (digit != '0') {
        keep(digit);
      } else if (digits > 0) {
        zeros++;
      }
    }
  }

  private void keep(char digit) {
    int total = digits + zeros + 1;
    if (total > MAX_DIGITS) {
      digits = total;
    } else {
      for (; zeros > 0; zeros--) {
        append('0');
      }
      append(digit);
    }
    zeros = 0;
  }

  private void append(char digit) {
    if (digits < COMPACT_DIGITS) {
      compact = compact * 10 + (digit - '0');
    } else {
      if (wide == null) {
        wide = new StringBuilder(MAX_DIGITS).append(compact);
      }
      wide.append(digit);
    }
    digits++;
  }

  /** Scans the exponent, and reports whether it is a number of 64 bits. */
  private boolean exponent() {
    boolean minus = skip('-');
    if (!minus) {
      skip('+');
    }
    int begin = at;
    long value = 0;
    for (; at < text.length(); at++) {
      int digit = text.charAt(at) - '0';
      if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
        return false;
      }
      value = value * 10 + digit;
    }
    exponent = Math.min(value, HUGE);
    exponent = minus ? -exponent : exponent;
    return at > begin;
  }

  /** Counts the bits that the exponent takes with its sign. */
  int exponentBits() {
    return Long.SIZE + 1 - Long.numberOfLeadingZeros(exponent < 0 ? ~exponent : exponent);
  }

  /** Counts the significant digits, of which there are none when the number is zero. */
  int digits() {
    return digits;
  }

  /** Gives the power of ten of the first significant digit; of zero, the exponent as written. */
  long magnitude() {
    return digits == 0 ? exponent : power() + digits - 1;
  }

  private long power() {
    return exponent - fraction + zeros;
  }

  /** Writes the number, which has at most 38 digits and a magnitude that was checked. */
  void writeTo(ItemWriter writer) {
    if (digits == 0) {
      writer.number(0, 0);
    } else if (wide == null) {
      writer.number(negative ? -compact : compact, Math.toIntExact(-power()));
    } else {
      writer.number(number());
    }
  }

  /** Measures the number as {@link Sizes} does. */
  int bytes() {
    return digits == 0 ? 1 : Sizes.ofNumber(digits, Math.toIntExact(power()), negative);
  }

  /** Gives the number, which has at most 38 digits and a magnitude that was checked. */
  BigDecimal number() {
    if (digits == 0) {
      return BigDecimal.ZERO;
    }
    int scale = Math.toIntExact(-power());
    if (wide == null) {
      return BigDecimal.valueOf(negative ? -compact : compact, scale);
    }
    BigDecimal number = new BigDecimal(new BigInteger(wide.toString()), scale);
    return negative ? number.negate() : number;
  }
}
