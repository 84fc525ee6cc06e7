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
import java.sql.Savepoint;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Divides rows as only PostgreSQL can, in a transaction that goes on where the server can not: a
 * table by its blocks, and a column by a sample of its values.
 */
final class PostgresSlices {
  /** The column with a row's place, as the block and the number in it. */
  static final String PLACE = "ctid";

  /** Reads ranges of blocks without reading the others. */
  private static final int FIRST_MAJOR_VERSION = 14;

  /** Fewer blocks than that, 1 MB as a rule, are read sooner than another connection is open. */
  private static final long LEAST_BLOCKS = 128;

  /** How many values of a sample there are for each slice, on average. */
  private static final long SAMPLE = 1000;

  /** The tables whose blocks a table's rows are in: itself, or its partitions. */
  private static final String BLOCKS =
      """
      SELECT max(pg_relation_size(c.oid)) / current_setting('block_size')::int,
        bool_and(c.relkind = 'p' OR (c.relkind IN ('r', 'm') AND a.amname = 'heap'))
      FROM (
        SELECT relid FROM pg_partition_tree(to_regclass(?)) WHERE isleaf
        UNION SELECT to_regclass(?)
      ) leaves JOIN pg_class c ON c.oid = leaves.relid LEFT JOIN pg_am a ON a.oid = c.relam
      """;

  /** Has a part of the values end before the value that the next one begins with. */
  private static final double BEHIND = 1e-9;

  private static final String SAMPLED =
      """
      SELECT s.sluice_rows, s.sluice_valued, sluice_bound FROM (
        SELECT count(*) AS sluice_rows, count(%1$s) AS sluice_valued,
          percentile_disc(ARRAY[%2$s]) WITHIN GROUP (ORDER BY %1$s)
            FILTER (WHERE random() < %3$s) AS sluice_bounds
        FROM %4$s
      ) s LEFT JOIN LATERAL unnest(s.sluice_bounds) AS sluice_bound ON true
      """;

  private interface Question<T> {
    T ask() throws SQLException;
  }

  private PostgresSlices() {}

  /**
   * Returns the places at which slices of a table begin, after the first; empty for a view and
   * whatever else has no blocks of its own or would be read whole for each of them.
   *
   * <p>A row that is changed gets another place, so this is for slices of one snapshot only.
   *
   * @param table as it is written in SQL
   */
  static Optional<List<Serializable>> places(
      Connection connection, String table, RowSql sql, int partitions) throws SQLException {
    if (!isOfToday(connection)) {
      return Optional.empty();
    }
    return orNothing(
        connection,
        () -> {
          long blocks = blocks(connection, table);
          long slices = Math.min(partitions, blocks / LEAST_BLOCKS);
          List<Serializable> places =
              LongStream.range(1, Math.max(1, slices))
                  .mapToObj(i -> (Serializable) place(blocks * i / slices))
                  .toList();
          return places.isEmpty() || !readsRanges(connection, sql, blocks) ? null : places;
        });
  }

  /**
   * Whether a server is a PostgreSQL that has what is used here: others have its protocol and
   * report a version of it, but say by {@code version()} what they are.
   */
  static boolean isOfToday(Connection connection) throws SQLException {
    if (connection.getMetaData().getDatabaseMajorVersion() < FIRST_MAJOR_VERSION) {
      return false;
    }
    try (PreparedStatement statement = connection.prepareStatement("SELECT version()");
        ResultSet version = statement.executeQuery()) {
      return version.next() && String.valueOf(version.getString(1)).startsWith("PostgreSQL ");
    }
  }

  /** Returns how many blocks the largest part of a table has; 0 where they are not known. */
  private static long blocks(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BLOCKS)) {
      statement.setString(1, table);
      statement.setString(2, table);
      try (ResultSet result = statement.executeQuery()) {
        return result.next() && result.getBoolean(2) ? result.getLong(1) : 0;
      }
    }
  }

  private static boolean readsRanges(Connection connection, RowSql sql, long blocks)
      throws SQLException {
    String range =
        "EXPLAIN %1$s WHERE %2$s >= '%3$s' AND %2$s < '%4$s'"
            .formatted(sql.all(), PLACE, place(blocks / 2), place(blocks));
    try (PreparedStatement statement = connection.prepareStatement(range);
        ResultSet plan = statement.executeQuery()) {
      boolean reads = false;
      while (plan.next()) {
        String line = String.valueOf(plan.getString(1));
        if (line.contains("Seq Scan") || line.contains("Index")) {
          return false;
        }
        reads |= line.contains("Tid Range Scan");
      }
      return reads;
    }
  }

  private static String place(long block) {
    return "(" + block + ",0)";
  }

  /**
   * Counts the rows exactly, and divides a sample of their values, in one pass without sorting them
   * all; empty where the server cannot.
   *
   * @param rows how many there may be: how many are in the sample depends on it
   */
  static Optional<ColumnBounds> sampled(
      Connection connection, RowSql sql, int partitions, long rows) throws SQLException {
    if (!isOfToday(connection)) {
      return Optional.empty();
    }
    double share = Math.min(1, (double) SAMPLE * partitions / Math.max(1, rows));
    String fractions =
        IntStream.range(0, partitions)
            .mapToObj(i -> decimal((double) i / partitions + BEHIND))
            .collect(Collectors.joining(","));
    String select = SAMPLED.formatted(sql.partitionColumn(), fractions, decimal(share), sql.from());
    return orNothing(connection, () -> bounds(connection, select));
  }

  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%.12f", number);
  }

  private static ColumnBounds bounds(Connection connection, String select) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(select);
        ResultSet result = statement.executeQuery()) {
      long rows = 0;
      long valued = 0;
      Set<Serializable> bounds = new LinkedHashSet<>();
      while (result.next()) {
        rows = result.getLong(1);
        valued = result.getLong(2);
        String bound = result.getString(3);
        if (bound != null) {
          bounds.add(bound);
        }
      }
      // No slice begins at the least value but the first.
      return new ColumnBounds(rows, valued, bounds.stream().skip(1).toList());
    }
  }

  /** Asks in a part of the transaction of its own, so that an error does not end the whole. */
  private static <T> Optional<T> orNothing(Connection connection, Question<T> question)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      T answer = question.ask();
      connection.releaseSavepoint(before);
      return Optional.ofNullable(answer);
    } catch (SQLException e) {
      if (DatabaseException.isAway(e)) {
        throw e;
      }
      connection.rollback(before);
      return Optional.empty();
    }
  }
}
