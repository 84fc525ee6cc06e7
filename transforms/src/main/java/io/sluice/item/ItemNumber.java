/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import io.sluice.item.codec.Decimal;
import io.sluice.item.codec.PackedNumber;

/** Checks and normalises DynamoDB's numbers, which travel as text. */
public final class ItemNumber {
  /** The maximum number of significant digits; leading and trailing zeros do not count. */
  public static final int MAX_DIGITS = 38;

  /** The exponent of the smallest number, 1E-130. */
  static final int MIN_EXPONENT = -130;

  /** The exponent of the largest number, 9.9999999999999999999999999999999999999E+125. */
  static final int MAX_EXPONENT = 125;

  // Within these powers of ten the canonical spelling has no exponent.
  private static final int MIN_PLAIN = -7;
  private static final int MAX_PLAIN = MAX_DIGITS - 1;

  private ItemNumber() {}

  /**
   * Checks that DynamoDB accepts a text as a number, as it is spelt.
   *
   * <p>The service holds the exponent of a zero against the range, too: it refuses {@code 0e126}
   * with "Number overflow". (Answers recorded in October 2026, published by Parity Suite.)
   *
   * @throws InvalidItemException NOT_OF_TYPE when the text is not a number; NUMBER_RANGE when it
   *     has more than 38 significant digits, or is neither zero nor within ±1E-130 … 9.99E+125, or
   *     is a zero with an exponent that is not in -130 … 125
   */
  public static void checkSpelling(String text) throws InvalidItemException {
    check(text);
    int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
    if (exponent >= 0 && canonical(text).equals("0")) {
      long value = Decimal.parse("1" + text.substring(exponent)).high();
      if (value < MIN_EXPONENT || value > MAX_EXPONENT) {
        throw new InvalidItemException(
            Reason.NUMBER_RANGE, "a zero with an exponent outside -130 … 125");
      }
    }
  }

  /**
   * Checks that DynamoDB accepts a number, whose {@link #canonical} spelling will be written.
   *
   * @throws InvalidItemException NOT_OF_TYPE when the text is not a number; NUMBER_RANGE when it
   *     has more than 38 significant digits, or is neither zero nor within ±1E-130 … 9.99E+125
   */
  public static void check(String text) throws InvalidItemException {
    if (isShortAndPlain(text)) {
      return;
    }
    Decimal number = Decimal.parse(text);
    if (number == null) {
      throw new InvalidItemException(Reason.NOT_OF_TYPE, "not a number");
    }
    if (number.digits().length() > MAX_DIGITS) {
      throw new InvalidItemException(
          Reason.NUMBER_RANGE,
          "a number of %d significant digits; the limit is %d"
              .formatted(number.digits().length(), MAX_DIGITS));
    }
    if (!number.isZero() && (number.high() < MIN_EXPONENT || number.high() > MAX_EXPONENT)) {
      throw new InvalidItemException(
          Reason.NUMBER_RANGE, "a number outside ±1E-130 … ±9.99E+125 and not zero");
    }
  }

  /**
   * Whether a text is a number of at most 38 digits without an exponent, which is always in range.
   */
  private static boolean isShortAndPlain(String text) {
    int length = text.length();
    if (length == 0 || length > MAX_DIGITS) {
      return false;
    }
    boolean point = false;
    int digits = 0;
    for (int i = text.charAt(0) == '-' ? 1 : 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == '.' && !point) {
        point = true;
      } else {
        return false;
      }
    }
    return digits > 0;
  }

  /**
   * Returns the canonical spelling of a number: {@code 1}, {@code 1.0}, {@code 1e0}, {@code +1} and
   * {@code 01} all become {@code 1}. It has no leading or trailing zeros, and an exponent only
   * below 1E-7 and from 1E+38.
   *
   * @param text a number, which may be beyond DynamoDB's range
   * @throws IllegalArgumentException when the text is not a number, or its exponent is beyond
   *     ±10^15
   */
  public static String canonical(String text) {
    if (PackedNumber.scaleOf(text) == 0) {
      return text;
    }
    Decimal number = Decimal.parse(text);
    if (number == null) {
      throw new IllegalArgumentException("not a number");
    }
    if (number.isZero()) {
      return "0";
    }
    // The position of the point moves the exponent a little, so the bound leaves room for that.
    if (Math.abs(number.high()) >= Decimal.MAX_EXPONENT - Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a number's exponent is beyond ±10^15");
    }
    StringBuilder out = new StringBuilder(number.digits().length() + 8);
    if (number.negative()) {
      out.append('-');
    }
    long high = number.high();
    if (high < MIN_PLAIN || high > MAX_PLAIN) {
      appendScientific(out, number);
    } else if (high < 0) {
      out.append("0.").append("0".repeat((int) -high - 1)).append(number.digits());
    } else {
      appendPlain(out, number);
    }
    return out.toString();
  }

  private static void appendScientific(StringBuilder out, Decimal number) {
    String digits = number.digits();
    out.append(digits.charAt(0));
    if (digits.length() > 1) {
      out.append('.').append(digits, 1, digits.length());
    }
    out.append('E').append(number.high());
  }

  private static void appendPlain(StringBuilder out, Decimal number) {
    String digits = number.digits();
    int whole = (int) number.high() + 1;
    if (digits.length() <= whole) {
      out.append(digits).append("0".repeat(whole - digits.length()));
    } else {
      out.append(digits, 0, whole).append('.').append(digits, whole, digits.length());
    }
  }
}
