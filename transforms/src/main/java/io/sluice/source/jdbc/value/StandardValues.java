/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc.value;

import io.sluice.format.columnar.ColumnarValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Reads values by the types of {@link java.sql.Types}, of a database that has no reader here. */
public final class StandardValues {
  private StandardValues() {}

  /**
   * Reads a value of the current row.
   *
   * @param type one of {@link java.sql.Types}
   * @param precision of the column, as its database reports it
   * @return a {@link ColumnarValue}; null for NULL
   */
  public static @Nullable Object read(ResultSet row, int column, int type, int precision)
      throws SQLException {
    switch (type) {
      case Types.BOOLEAN:
        return bool(row, column);
      case Types.BIT:
        return precision > 1 ? row.getString(column) : bool(row, column);
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT:
      case Types.REAL, Types.FLOAT, Types.DOUBLE:
      case Types.DECIMAL, Types.NUMERIC:
        return number(row.getObject(column));
      case Types.DATE, Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE:
        return time(row, column, type);
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY:
        return row.getBytes(column);
      case Types.BLOB:
        return blob(row, column);
      case Types.ARRAY:
        return array(row.getArray(column));
      case Types.OTHER, Types.JAVA_OBJECT:
        return other(row.getObject(column), row, column);
      default:
        return row.getString(column);
    }
  }

  private static @Nullable Object bool(ResultSet row, int column) throws SQLException {
    boolean value = row.getBoolean(column);
    return row.wasNull() ? null : value;
  }

  private static @Nullable Object number(@Nullable Object value) {
    if (value == null
        || value instanceof Long
        || value instanceof BigInteger
        || value instanceof Double
        || value instanceof Float) {
      return value;
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    return Numbers.of(value instanceof BigDecimal d ? d.toString() : value.toString());
  }

  /** A number may be of a type that {@link Types} does not know, such as one of 128 bits. */
  private static @Nullable Object other(@Nullable Object value, ResultSet row, int column)
      throws SQLException {
    return value instanceof Number ? number(value) : value == null ? null : row.getString(column);
  }

  private static @Nullable Object time(ResultSet row, int column, int type) throws SQLException {
    Object value = object(row, column, type);
    String time = value == null ? null : time(value);
    return value == null || time != null ? time : row.getString(column);
  }

  /**
   * Returns what the driver makes of a value, but a time of {@code java.time} where it has one: the
   * classes of {@code java.sql} are moved by the zone of this JVM, which may not have that time.
   */
  public static @Nullable Object object(ResultSet row, int column, int type) throws SQLException {
    Object value = row.getObject(column);
    if (!(value instanceof java.util.Date)) {
      return value;
    }
    Class<?> as =
        switch (type) {
          case Types.TIMESTAMP_WITH_TIMEZONE -> OffsetDateTime.class;
          case Types.TIME_WITH_TIMEZONE -> OffsetTime.class;
          default ->
              value instanceof Date
                  ? LocalDate.class
                  : value instanceof Time ? LocalTime.class : LocalDateTime.class;
        };
    try {
      return row.getObject(column, as);
    } catch (SQLException e) {
      // A driver from before JDBC 4.2.
      return type == Types.TIMESTAMP_WITH_TIMEZONE && value instanceof Timestamp timestamp
          ? timestamp.toInstant().atOffset(ZoneOffset.UTC)
          : value;
    }
  }

  /** Spells what a driver returns for a time; null for what is of another class. */
  private static @Nullable String time(Object value) {
    if (value instanceof Timestamp timestamp) {
      return local(timestamp.toLocalDateTime());
    } else if (value instanceof LocalDateTime local) {
      return local(local);
    } else if (value instanceof OffsetDateTime time) {
      return local(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()) + "Z";
    } else if (value instanceof ZonedDateTime time) {
      return local(time.withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime()) + "Z";
    } else if (value instanceof Date date) {
      return date.toLocalDate().toString();
    } else if (value instanceof LocalDate date) {
      return date.toString();
    }
    return null;
  }

  private static String local(LocalDateTime time) {
    return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
  }

  private static byte @Nullable [] blob(ResultSet row, int column) throws SQLException {
    Blob blob = row.getBlob(column);
    return blob == null ? null : blob.getBytes(1, Math.toIntExact(blob.length()));
  }

  private static @Nullable Object array(@Nullable Array array) throws SQLException {
    return array == null ? null : element(array.getArray());
  }

  private static @Nullable Object element(@Nullable Object value) throws SQLException {
    if (value instanceof Object[] elements) {
      List<@Nullable Object> list = new ArrayList<>();
      for (Object element : elements) {
        list.add(element(element));
      }
      return list;
    }
    if (value instanceof Array inner) {
      return array(inner);
    }
    if (value instanceof Number) {
      return number(value);
    }
    if (value == null || value instanceof Boolean || value instanceof byte[]) {
      return value;
    }
    String time = time(value);
    return time == null ? value.toString() : time;
  }
}
