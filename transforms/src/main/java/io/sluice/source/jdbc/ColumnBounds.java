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
 * The values of a partition column at which slices begin.
 *
 * @param rows how many rows there are
 * @param valued how many of them have a value in the column
 * @param bounds values in the order of the database, each once: those of slices after the first
 */
record ColumnBounds(long rows, long valued, List<Serializable> bounds) {

  /** Reads a value, so that it can be bound again. */
  interface Reader {
    Serializable read(ResultSet row, int column) throws SQLException;
  }

  /**
   * Counts the rows, and finds every n-th value by having the database sort all: in any database
   * with window functions, for any type that it can sort.
   *
   * @param sql has a partition column
   */
  static ColumnBounds exact(Connection connection, RowSql sql, int partitions, Reader reader)
      throws SQLException {
    String count = "SELECT COUNT(*), COUNT(%s) FROM %s";
    try (PreparedStatement statement =
            connection.prepareStatement(count.formatted(sql.partitionColumn(), sql.from()));
        ResultSet counts = statement.executeQuery()) {
      counts.next();
      long valued = counts.getLong(2);
      return new ColumnBounds(
          counts.getLong(1), valued, values(connection, sql, valued, partitions, reader));
    }
  }

  private static List<Serializable> values(
      Connection connection, RowSql sql, long valued, int partitions, Reader reader)
      throws SQLException {
    long step = Math.max(1, (valued + partitions - 1) / partitions);
    String numbers =
        LongStream.iterate(step + 1, number -> number <= valued, number -> number + step)
            .mapToObj(Long::toString)
            .collect(Collectors.joining(","));
    List<Serializable> values = new ArrayList<>();
    if (numbers.isEmpty()) {
      return values;
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
        values.add(reader.read(result, 1));
      }
    }
    return values;
  }
}
