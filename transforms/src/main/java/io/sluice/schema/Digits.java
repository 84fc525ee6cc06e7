/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import io.sluice.item.ItemCursor;
import io.sluice.item.ItemNumber;
import java.math.BigDecimal;

/**
 * The numbers of digits, before and after the point, that a column needs to hold all numbers of a
 * place. Zeros that add nothing to a number's value do not count.
 */
final class Digits {
  /** Stands for any count beyond that of a decimal. */
  static final int TOO_MANY = 1_000;

  /** The longest canonical text of a number that may still fit a decimal. */
  private static final int MAX_CHARS = 64;

  private static final int LONG_DIGITS = 19;
  private static final long[] POWERS = new long[LONG_DIGITS];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private int whole;
  private int fraction;
  private boolean beyondLong;

  Digits() {}

  Digits(int whole, int fraction, boolean beyondLong) {
    this.whole = whole;
    this.fraction = fraction;
    this.beyondLong = beyondLong;
  }

  /** Returns the maximum number of digits before the point, 0 to {@link #TOO_MANY}. */
  int whole() {
    return whole;
  }

  /** Returns the maximum number of digits after the point, 0 to {@link #TOO_MANY}. */
  int fraction() {
    return fraction;
  }

  /** Whether a number is beyond the range of a long. */
  boolean beyondLong() {
    return beyondLong;
  }

  /** Adds the next number; its type is taken already. */
  void add(ItemCursor in) {
    if (in.isPacked()) {
      add(in.unscaled(), in.scale());
    } else {
      add(in.number());
    }
  }

  private void add(long unscaled, int scale) {
    long rest = Math.abs(unscaled);
    int digits = count(rest) - scale;
    if (digits > whole) {
      whole = digits;
    }
    int places = scale;
    while (places > fraction) {
      if (rest % 10 != 0) {
        fraction = places;
        return;
      }
      rest /= 10;
      places--;
    }
  }

  /** Returns the number of digits of a non-negative number; 0 for zero. */
  private static int count(long number) {
    // 1233 / 4096 is slightly more than log10(2).
    int least = ((Long.SIZE - Long.numberOfLeadingZeros(number)) * 1233) >>> 12;
    return number >= POWERS[least] ? least + 1 : least;
  }

  private void add(String text) {
    try {
      String canonical = ItemNumber.canonical(text);
      if (canonical.length() <= MAX_CHARS) {
        add(new BigDecimal(canonical));
        return;
      }
    } catch (IllegalArgumentException e) {
      // Not a number, or far out of DynamoDB's range: only text can hold it, if anything can.
    }
    merge(new Digits(TOO_MANY, TOO_MANY, true));
  }

  private void add(BigDecimal number) {
    if (number.signum() == 0) {
      return;
    }
    BigDecimal plain = number.stripTrailingZeros();
    long digits = (long) plain.precision() - plain.scale();
    whole = Math.max(whole, (int) Math.min(digits, TOO_MANY));
    fraction = Math.max(fraction, Math.min(plain.scale(), TOO_MANY));
    // The whole part alone: with a fraction it is not a long anyway.
    beyondLong |=
        digits > LONG_DIGITS
            || (digits == LONG_DIGITS && plain.toBigInteger().bitLength() >= Long.SIZE);
  }

  void merge(Digits other) {
    whole = Math.max(whole, other.whole);
    fraction = Math.max(fraction, other.fraction);
    beyondLong |= other.beyondLong;
  }
}
