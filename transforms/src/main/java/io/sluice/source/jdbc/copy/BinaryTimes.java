/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc.copy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.LocalDate;
import java.util.Arrays;

/** Spells PostgreSQL's binary dates and times, in its style ISO. */
final class BinaryTimes {
  private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int SECONDS_PER_MINUTE = 60;
  private static final int SECONDS_PER_HOUR = 3_600;
  private static final long SECONDS_PER_DAY = 86_400;
  private static final int FRACTION_DIGITS = 6;

  /** As long as {@code 294276-12-31 23:59:59.999999+00 BC}. */
  private static final int MOST_BYTES = 40;

  private BinaryTimes() {}

  /** Spells the day that is so many after 2000-01-01. */
  static byte[] date(int days) {
    if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
      return infinity(days > 0);
    }
    Text text = new Text();
    boolean isBc = text.date(days);
    return text.end(false, isBc);
  }

  /**
   * Spells the moment that is so many microseconds after the begin of 2000.
   *
   * @param hasZone whether the zone, UTC, is spelt
   */
  static byte[] timestamp(long micros, boolean hasZone) {
    if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
      return infinity(micros > 0);
    }
    long seconds = Math.floorDiv(micros, MICROS_PER_SECOND);
    Text text = new Text();
    boolean isBc = text.date(Math.floorDiv(seconds, SECONDS_PER_DAY));
    int second = (int) Math.floorMod(seconds, SECONDS_PER_DAY);
    text.put(' ');
    text.two(second / SECONDS_PER_HOUR);
    text.put(':');
    text.two(second / SECONDS_PER_MINUTE % SECONDS_PER_MINUTE);
    text.put(':');
    text.two(second % SECONDS_PER_MINUTE);
    text.fraction((int) Math.floorMod(micros, MICROS_PER_SECOND));
    return text.end(hasZone, isBc);
  }

  private static byte[] infinity(boolean isPositive) {
    return (isPositive ? "infinity" : "-infinity").getBytes(ISO_8859_1);
  }

  private static final class Text {
    private final byte[] bytes = new byte[MOST_BYTES];
    private int at;

    void put(char c) {
      bytes[at++] = (byte) c;
    }

    void two(int number) {
      put((char) ('0' + number / 10));
      put((char) ('0' + number % 10));
    }

    private void put(String ascii) {
      for (int i = 0; i < ascii.length(); i++) {
        put(ascii.charAt(i));
      }
    }

    /** Spells a day; returns whether its year is before Christ. */
    boolean date(long days) {
      LocalDate date = LocalDate.ofEpochDay(EPOCH_DAY + days);
      boolean isBc = date.getYear() <= 0;
      int year = isBc ? 1 - date.getYear() : date.getYear();
      if (year < 10_000) {
        two(year / 100);
        two(year % 100);
      } else {
        put(Integer.toString(year));
      }
      put('-');
      two(date.getMonthValue());
      put('-');
      two(date.getDayOfMonth());
      return isBc;
    }

    /** Spells a fraction of a second, without the zeros at its end. */
    void fraction(int micros) {
      if (micros == 0) {
        return;
      }
      put('.');
      int rest = micros;
      for (int i = FRACTION_DIGITS - 1; i >= 0; i--) {
        bytes[at + i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
      at += FRACTION_DIGITS;
      while (bytes[at - 1] == '0') {
        at--;
      }
    }

    byte[] end(boolean hasZone, boolean isBc) {
      if (hasZone) {
        put("+00");
      }
      if (isBc) {
        put(" BC");
      }
      return Arrays.copyOf(bytes, at);
    }
  }
}
