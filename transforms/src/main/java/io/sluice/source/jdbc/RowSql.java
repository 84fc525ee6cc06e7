/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The statements that read slices.
 *
 * @param from what follows FROM
 * @param columns all columns, quoted and separated by commas
 * @param partitionColumn the column that divides the rows, quoted; null for none
 */
record RowSql(String from, String columns, @Nullable String partitionColumn)
    implements Serializable {

  /** Quotes the name of a column. */
  static String quoted(String name, String quote) {
    return quote.isBlank() ? name : quote + name.replace(quote, quote + quote) + quote;
  }

  static RowSql of(
      RowQuery query, List<RowColumn> columns, @Nullable RowColumn partitionColumn, String quote) {
    return new RowSql(
        query.from(),
        columns.stream()
            .map(column -> quoted(column.name(), quote))
            .collect(Collectors.joining(",")),
        partitionColumn == null ? null : quoted(partitionColumn.name(), quote));
  }

  /** Returns the same with another partition column, quoted as it has to be. */
  RowSql by(String column) {
    return new RowSql(from, columns, column);
  }

  /** Returns the SELECT of all rows. */
  String all() {
    return "SELECT " + columns + " FROM " + from;
  }

  /**
   * Returns the SELECT of a slice.
   *
   * @param selected what follows SELECT
   * @param bound writes a bound of the slice
   */
  String of(RowSlice slice, String selected, Function<Serializable, String> bound) {
    List<String> conditions = new ArrayList<>();
    if (slice.ofNulls()) {
      conditions.add(partitionColumn + " IS NULL");
    }
    if (slice.from() != null) {
      conditions.add(partitionColumn + " >= " + bound.apply(slice.from()));
    }
    if (slice.to() != null) {
      conditions.add(partitionColumn + " < " + bound.apply(slice.to()));
    }
    String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    return "SELECT " + selected + " FROM " + from + where;
  }

  /** Binds a bound of a slice in its own type. */
  interface Binder {
    void bind(PreparedStatement statement, int parameter, Serializable value) throws SQLException;
  }

  /** Prepares the statement of a slice, whose bounds are bound. */
  PreparedStatement prepare(Connection connection, RowSlice slice, Binder binder)
      throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(
            of(slice, columns, value -> "?"),
            ResultSet.TYPE_FORWARD_ONLY,
            ResultSet.CONCUR_READ_ONLY);
    int parameter = 0;
    if (slice.from() != null) {
      binder.bind(statement, ++parameter, slice.from());
    }
    if (slice.to() != null) {
      binder.bind(statement, ++parameter, slice.to());
    }
    return statement;
  }
}
