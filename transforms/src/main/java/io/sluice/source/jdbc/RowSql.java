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

  /** Returns the SELECT of all rows. */
  String all() {
    return "SELECT " + columns + " FROM " + from;
  }

  /** Returns the SELECT of a slice, with a parameter for each of its bounds. */
  private String of(RowSlice slice) {
    List<String> conditions = new ArrayList<>();
    if (slice.ofNulls()) {
      conditions.add(partitionColumn + " IS NULL");
    }
    if (slice.from() != null) {
      conditions.add(partitionColumn + " >= ?");
    }
    if (slice.to() != null) {
      conditions.add(partitionColumn + " < ?");
    }
    return conditions.isEmpty() ? all() : all() + " WHERE " + String.join(" AND ", conditions);
  }

  /** Prepares the statement of a slice, whose bounds are bound. */
  PreparedStatement prepare(Connection connection, Dialect dialect, RowSlice slice)
      throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(
            of(slice), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    int parameter = 0;
    if (slice.from() != null) {
      dialect.bind(statement, ++parameter, slice.from());
    }
    if (slice.to() != null) {
      dialect.bind(statement, ++parameter, slice.to());
    }
    return statement;
  }
}
