/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats numbers, sizes, sums of money and times for people. */
public final class Texts {
  private static final BigDecimal SMALL = new BigDecimal("0.01");
  private static final BigDecimal LARGE = new BigDecimal(1000);
  private static final double KILO = 1024;
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Texts() {}

  /** Formats {@code readUnits} as "Read units". */
  static String words(String camelCase) {
    String spaced =
        camelCase
            .replaceAll("(?<=\\p{Ll}|\\d)(?=\\p{Lu})", " ")
            .replaceAll("[_-]", " ")
            .toLowerCase(Locale.ROOT);
    return spaced.isEmpty()
        ? spaced
        : spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
  }

  /** Formats a number with at most two decimals, or with three digits when it is below 0.01. */
  static String number(BigDecimal value) {
    if (value.signum() != 0 && value.abs().compareTo(SMALL) < 0) {
      return value.round(new MathContext(3)).stripTrailingZeros().toPlainString();
    }
    int decimals = value.abs().compareTo(LARGE) >= 0 ? 1 : 2;
    BigDecimal rounded = value.setScale(decimals, RoundingMode.HALF_UP).stripTrailingZeros();
    return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
  }

  /** Formats a number that is looked at from afar: without decimals, unless it is small. */
  public static String rounded(double value) {
    return value >= 100 ? String.format(Locale.ROOT, "%,.0f", value) : number(value);
  }

  /** Formats a whole number with commas. */
  public static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String number(double value) {
    return Double.isFinite(value) ? number(BigDecimal.valueOf(value)) : String.valueOf(value);
  }

  /** Formats dollars to a cent, or to two digits when it is less than one. */
  public static String dollars(BigDecimal value) {
    return value.signum() != 0 && value.abs().compareTo(SMALL) < 0
        ? sign(value) + "$" + value.abs().round(new MathContext(2)).toPlainString()
        : sign(value) + String.format(Locale.ROOT, "$%,.2f", value.abs());
  }

  private static String sign(BigDecimal value) {
    return value.signum() < 0 ? "-" : "";
  }

  /** Formats a size such as 1.5 MB; a KB is 1,024 bytes. */
  static String bytes(long bytes) {
    double size = bytes;
    int unit = -1;
    while (size >= KILO && unit < 3) {
      size /= KILO;
      unit++;
    }
    return unit < 0
        ? String.format(Locale.ROOT, "%,d %s", bytes, bytes == 1 ? "byte" : "bytes")
        : String.format(Locale.ROOT, "%,.1f %cB", size, "KMGT".charAt(unit)).replace(".0 ", " ");
  }

  /** Formats a share such as 12.5 %, so that little is not none and almost all is not all. */
  static String share(double part, double whole) {
    if (whole <= 0 || part <= 0) {
      return "0\u00a0%";
    }
    double percent = 100 * part / whole;
    if (percent < 0.1) {
      return "under 0.1\u00a0%";
    }
    return part < whole && percent > 99.9
        ? "over 99.9\u00a0%"
        : String.format(Locale.ROOT, "%.1f\u00a0%%", percent).replace(".0\u00a0", "\u00a0");
  }

  /** Formats a time in its two largest units. */
  public static String duration(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds / 3600 + " h " + seconds / 60 % 60 + " min";
  }

  /** Formats a time to the second, in UTC. */
  public static String time(Instant time) {
    return SECONDS.format(time) + " UTC";
  }
}
