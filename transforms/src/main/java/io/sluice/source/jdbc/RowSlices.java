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
import java.util.stream.LongStream;

/**
 * Divides the rows into slices of about as many rows each. The database finds the bounds: every
 * n-th value in its own order, so that any type that it can sort divides the rows, however their
 * values are spread. Only rows with equal values stay together.
 *
 * @param all the slices
 * @param rows how many rows there are
 */
record RowSlices(List<RowSlice> all, long rows) {

  /**
   * Counts the rows and divides them.
   *
   * @param sql has a partition column
   * @param isOneSnapshot whether the slices will be read as the rows are now: otherwise rows
   *     without a value may arrive
   */
  static RowSlices of(
      Connection connection, Dialect dialect, RowSql sql, int partitions, boolean isOneSnapshot)
      throws SQLException {
    long rows;
    long valued;
    String count = "SELECT COUNT(*), COUNT(%s) FROM %s";
    try (PreparedStatement statement =
            connection.prepareStatement(count.formatted(sql.partitionColumn(), sql.from()));
        ResultSet counts = statement.executeQuery()) {
      counts.next();
      rows = counts.getLong(1);
      valued = counts.getLong(2);
    }
    List<Serializable> bounds = bounds(connection, dialect, sql, valued, partitions);
    List<RowSlice> slices = new ArrayList<>();
    Serializable from = null;
    for (Serializable to : bounds) {
      slices.add(new RowSlice(slices.size() + 1, from, to, false));
      from = to;
    }
    boolean hasNulls = rows > valued || !isOneSnapshot;
    if (from == null && hasNulls) {
      // Without bounds, a slice of all rows has those without a value, too.
      return new RowSlices(List.of(RowSlice.ALL), rows);
    }
    slices.add(new RowSlice(slices.size() + 1, from, null, false));
    if (hasNulls) {
      slices.add(new RowSlice(slices.size() + 1, null, null, true));
    }
    return new RowSlices(List.copyOf(slices), rows);
  }

  /** Returns the values that begin the slices after the first, each once. */
  private static List<Serializable> bounds(
      Connection connection, Dialect dialect, RowSql sql, long valued, int partitions)
      throws SQLException {
    long step = Math.max(1, (valued + partitions - 1) / partitions);
    String numbers =
        LongStream.iterate(step + 1, number -> number <= valued, number -> number + step)
            .mapToObj(Long::toString)
            .collect(Collectors.joining(","));
    List<Serializable> bounds = new ArrayList<>();
    if (numbers.isEmpty()) {
      return bounds;
    }
    String column = sql.partitionColumn();
    String ranked =
        """
        SELECT DISTINCT sluice_bound FROM (
          SELECT %1$s AS sluice_bound, ROW_NUMBER() OVER (ORDER BY %1$s) AS sluice_number
          FROM %2$s WHERE %1$s IS NOT NULL
        ) sluice_ranked WHERE sluice_number IN (%3$s) ORDER BY sluice_bound
        """;
    try (PreparedStatement statement =
            connection.prepareStatement(ranked.formatted(column, sql.from(), numbers));
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        bounds.add(dialect.bound(result, 1));
      }
    }
    return bounds;
  }
}
