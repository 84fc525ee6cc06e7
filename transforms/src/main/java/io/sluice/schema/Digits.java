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
 * How many digits the numbers of one place have: what a column that holds them all needs. Zeros
 * that add nothing to a number's value do not count.
 */
final class Digits {
  /** Stands for any count beyond what a decimal can have. */
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

  /** The most digits before the point, 0 to {@link #TOO_MANY}. */
  int whole() {
    return whole;
  }

  /** The most digits behind the point, 0 to {@link #TOO_MANY}. */
  int fraction() {
    return fraction;
  }

  /** Whether a number is beyond the range of a long. */
  boolean beyondLong() {
    return beyondLong;
  }

  /** Takes the number that comes next; its type is taken already. */
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

  /** The number of digits of a number that is not negative; 0 of zero. */
  private static int count(long number) {
    // 1233 / 4096 is a little more than the logarithm of 2 to the base of 10.
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
      // No number, or none that is near DynamoDB's range: only text holds it, if anything does.
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
    // The whole part alone: with a fraction it is no long anyway.
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
