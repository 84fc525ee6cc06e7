/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Orders rows of changes: by a column, if there is one that says, then by the place of their file
 * and their own place in it, which is the order in which AWS DMS has written them. Rows of a full
 * load come before all others, whatever their column says.
 *
 * @param column of whole numbers, decimals or times; null for none
 */
record RowOrder(@Nullable String column) implements Serializable {
  private static final int ROW_BITS = 48;
  private static final int FILE_BITS = 32;

  /** Digits of a nanosecond: numbers are compared to this many decimals. */
  private static final int DECIMALS = 9;

  private static final int MOST_DIGITS = 80;

  /** Before every value of a column. */
  private static final BigInteger FIRST = BigInteger.ONE.shiftLeft(300).negate();

  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,64}(\\.[0-9]{1,9})?");

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .optionalStart()
          .appendOffset("+HH:mm", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HHmm", "+0000")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HH", "+00")
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  /**
   * Returns the place of a row.
   *
   * @param rank the place of the file
   * @param row the place in the file
   * @param isLoaded whether the row is of a full load, which is before all changes: in the column
   *     it may have the time at which it was transferred
   * @throws InvalidItemException when the column has no value that can be compared, and the row is
   *     not of a full load
   */
  BigInteger of(Map<String, AttributeValue> item, int rank, long row, boolean isLoaded)
      throws InvalidItemException {
    return first(item, isLoaded)
        .shiftLeft(FILE_BITS)
        .add(BigInteger.valueOf(rank))
        .shiftLeft(ROW_BITS)
        .add(BigInteger.valueOf(row));
  }

  private BigInteger first(Map<String, AttributeValue> item, boolean isLoaded)
      throws InvalidItemException {
    if (column == null) {
      return BigInteger.ZERO;
    }
    return isLoaded ? FIRST : first(item.get(column));
  }

  private BigInteger first(@Nullable AttributeValue value) throws InvalidItemException {
    String text = value == null ? null : value.n() == null ? value.s() : value.n();
    if (text == null || text.isBlank()) {
      throw new InvalidItemException(
          Reason.MALFORMED, "the column '" + column + "', which orders changes, has no value");
    }
    BigInteger number = value.n() == null ? number(text.strip()) : decimal(new BigDecimal(text));
    if (number == null) {
      throw new InvalidItemException(
          Reason.MALFORMED,
          "the column '"
              + column
              + "', which orders changes, is no number of at most 64 digits"
              + " and no time");
    }
    return number;
  }

  private static @Nullable BigInteger number(String text) {
    return NUMBER.matcher(text).matches() ? decimal(new BigDecimal(text)) : time(text);
  }

  private static @Nullable BigInteger decimal(BigDecimal number) {
    if (number.precision() - number.scale() > MOST_DIGITS
        || number.stripTrailingZeros().scale() > DECIMALS) {
      return null;
    }
    return number.movePointRight(DECIMALS).toBigIntegerExact();
  }

  /** Returns a time in nanoseconds since 1970; of UTC if it names no offset. */
  private static @Nullable BigInteger time(String text) {
    try {
      TemporalAccessor time =
          TIME.parseBest(text.replaceFirst(" ", "T"), OffsetDateTime::from, LocalDateTime::from);
      Instant instant =
          time instanceof OffsetDateTime offset
              ? offset.toInstant()
              : ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
      return BigInteger.valueOf(instant.getEpochSecond())
          .multiply(BigInteger.TEN.pow(DECIMALS))
          .add(BigInteger.valueOf(instant.getNano()));
    } catch (DateTimeException e) {
      return null;
    }
  }
}
