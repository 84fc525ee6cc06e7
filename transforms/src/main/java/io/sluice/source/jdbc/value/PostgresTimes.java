/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc.value;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * Converts PostgreSQL's text of dates and times, of the style ISO, to that of ISO 8601, as other
 * formats spell them: {@code 0044-03-15 BC} is {@code -0043-03-15}, and the year 12024 has a plus.
 * The digits of fractions stay as they are, and so does {@code infinity}.
 */
final class PostgresTimes {
  private static final String BC = " BC";
  private static final String UTC = "+00";
  private static final int YEAR_DIGITS = 4;
  private static final long MAX_PLAIN_YEAR = 9999;

  /** PostgreSQL's offsets have minutes and seconds only where they are not zero. */
  private static final DateTimeFormatter WITH_OFFSET =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendOffset("+HH:mm:ss", UTC)
          .toFormatter();

  private PostgresTimes() {}

  /** Converts a date, such as {@code 2024-01-31}. */
  static String date(String text) {
    boolean isBc = text.endsWith(BC);
    String date = isBc ? text.substring(0, text.length() - BC.length()) : text;
    int dash = date.indexOf('-', 1);
    if (dash < 0 || (!isBc && dash == YEAR_DIGITS)) {
      return date;
    }
    long year = Long.parseLong(date.substring(0, dash));
    return year(isBc ? 1 - year : year) + date.substring(dash);
  }

  private static String year(long year) {
    String digits = "%04d".formatted(Math.abs(year));
    return (year < 0 ? "-" : year > MAX_PLAIN_YEAR ? "+" : "") + digits;
  }

  /** Converts a timestamp without a zone: {@code 2024-01-31T12:00:00.123456}. */
  static String timestamp(String text) {
    int blank = text.indexOf(' ');
    if (blank < 0) {
      return text;
    }
    boolean isBc = text.endsWith(BC);
    String time = text.substring(blank + 1, text.length() - (isBc ? BC.length() : 0));
    return date(text.substring(0, blank) + (isBc ? BC : "")) + "T" + time;
  }

  /** Converts a timestamp with a zone: {@code 2024-01-31T12:00:00.123456Z}. */
  static String timestampWithZone(String text) {
    String local = timestamp(text);
    if (local.endsWith(UTC)) {
      return local.substring(0, local.length() - UTC.length()) + "Z";
    }
    if (local.indexOf('T') < 0) {
      return local;
    }
    LocalDateTime utc =
        OffsetDateTime.parse(local, WITH_OFFSET)
            .withOffsetSameInstant(ZoneOffset.UTC)
            .toLocalDateTime();
    return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(utc) + "Z";
  }
}
