/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc.value;

import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads an array of a database that has no reader here. Times in it are asked for as those of
 * {@code java.time}; where the driver has none, they are taken from the text of the column.
 */
final class StandardArray {
  private static final Pattern TIME =
      Pattern.compile(
          "(?<!\\d)(\\d{4}-\\d\\d-\\d\\d)[ T](\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?)(?!\\d)");

  private final ResultSet row;
  private final int column;

  /** The times in the text of the column, in their order, from the next one; null before one. */
  private @Nullable Matcher spelled;

  private boolean hasSpelled;

  private StandardArray(ResultSet row, int column) {
    this.row = row;
    this.column = column;
  }

  /** Reads the array of the current row; null for NULL. */
  static @Nullable Object read(ResultSet row, int column) throws SQLException {
    Array array = row.getArray(column);
    return array == null ? null : new StandardArray(row, column).list(array);
  }

  private @Nullable Object list(Array array) throws SQLException {
    Object elements = array.getArray();
    if (!hasTimes(elements)) {
      return element(elements);
    }
    try (ResultSet rows = array.getResultSet()) {
      List<@Nullable Object> list = new ArrayList<>();
      while (rows.next()) {
        list.add(element(StandardTimes.object(rows, 2, array.getBaseType())));
      }
      return list;
    } catch (SQLException e) {
      // Drivers need not have that.
      spelled = null;
      return element(elements);
    }
  }

  private static boolean hasTimes(@Nullable Object value) {
    if (value instanceof Object[] elements) {
      for (Object element : elements) {
        if (hasTimes(element)) {
          return true;
        }
      }
    }
    return value instanceof Timestamp || value instanceof Date;
  }

  private @Nullable Object element(@Nullable Object value) throws SQLException {
    if (value instanceof Object[] elements) {
      List<@Nullable Object> list = new ArrayList<>();
      for (Object element : elements) {
        list.add(element(element));
      }
      return list;
    }
    if (value instanceof Array inner) {
      return list(inner);
    }
    if (value instanceof Number) {
      return Numbers.ofDriver(value);
    }
    if (value == null || value instanceof Boolean || value instanceof byte[]) {
      return value;
    }
    LocalDateTime local = value instanceof Timestamp timestamp ? spelled(timestamp) : null;
    Object time = StandardTimes.spelt(local == null ? value : local);
    return time == null ? value.toString() : time;
  }

  /** Returns the next time in the text, if it is the one that the driver has made this of. */
  private @Nullable LocalDateTime spelled(Timestamp timestamp) {
    if (spelled == null) {
      spelled = TIME.matcher(text());
      hasSpelled = spelled.find();
    }
    if (!hasSpelled) {
      return null;
    }
    try {
      LocalDateTime time = LocalDateTime.parse(spelled.group(1) + "T" + spelled.group(2));
      if (Timestamp.valueOf(time).equals(timestamp)) {
        hasSpelled = spelled.find();
        return time;
      }
      return null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private String text() {
    try {
      String text = row.getString(column);
      return text == null ? "" : text;
    } catch (SQLException e) {
      // Not of this type, or not twice.
      return "";
    }
  }
}
