/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc.value;

import io.sluice.format.columnar.ColumnarValue;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
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
        return Numbers.ofDriver(row.getObject(column));
      case Types.DATE, Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE:
        return time(row, column, type);
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY:
        return row.getBytes(column);
      case Types.BLOB:
        return blob(row, column);
      case Types.ARRAY:
        return StandardArray.read(row, column);
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

  /** A number may be of a type that {@link Types} does not know, such as one of 128 bits. */
  private static @Nullable Object other(@Nullable Object value, ResultSet row, int column)
      throws SQLException {
    return value instanceof Number
        ? Numbers.ofDriver(value)
        : value == null ? null : row.getString(column);
  }

  private static @Nullable Object time(ResultSet row, int column, int type) throws SQLException {
    Object value = StandardTimes.object(row, column, type);
    Object time = value == null ? null : StandardTimes.spelt(value);
    return value == null || time != null ? time : row.getString(column);
  }

  private static byte @Nullable [] blob(ResultSet row, int column) throws SQLException {
    Blob blob = row.getBlob(column);
    return blob == null ? null : blob.getBytes(1, Math.toIntExact(blob.length()));
  }
}
