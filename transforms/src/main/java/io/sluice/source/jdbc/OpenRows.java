/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Finds the rows that a job will read: their columns, how many there are, and the bounds of slices.
 * While it is open it holds the snapshot that all slices are read from, if the database can export
 * one. That takes a transaction, which keeps the database from cleaning up what was deleted since.
 */
public final class OpenRows implements Closeable {
  /** The SQLSTATE of an ORDER BY of a type that has no order, among others. */
  private static final String NO_SUCH_FUNCTION = "42883";

  /** What a value of a row is taken to need where nobody knows. */
  private static final long VALUE_BYTES = 16;

  private final Connection connection;
  private final RowsPlan plan;
  private final @Nullable KeptSnapshot kept;

  private OpenRows(Connection connection, RowsPlan plan, @Nullable KeptSnapshot kept) {
    this.connection = connection;
    this.plan = plan;
    this.kept = kept;
  }

  /**
   * Opens rows.
   *
   * @param holds whether the caller will keep this open until the rows have been read: otherwise no
   *     snapshot is exported
   * @throws DatabaseException when the database cannot be reached, or does not have what is asked
   *     for
   */
  public static OpenRows open(Database database, RowQuery query, boolean holds) throws IOException {
    Connection connection = database.connect();
    try {
      RowsPlan plan = plan(connection, database, query, holds);
      KeptSnapshot kept = plan.snapshot() == null ? null : KeptSnapshot.of(connection);
      if (kept == null) {
        Database.end(connection);
      }
      return new OpenRows(connection, plan, kept);
    } catch (SQLException e) {
      Database.end(connection);
      throw DatabaseException.of(database.url(), e);
    } catch (IOException | RuntimeException e) {
      Database.end(connection);
      throw e;
    }
  }

  private static RowsPlan plan(
      Connection connection, Database database, RowQuery query, boolean holds)
      throws SQLException, DatabaseException {
    Dialect dialect = database.dialect();
    dialect.begin(connection);
    Optional<String> snapshot = holds ? dialect.exportSnapshot(connection) : Optional.empty();
    dialect.settle(connection);
    List<RowColumn> columns = columns(connection, query);
    RowColumn column = partitionColumn(columns, query);
    String quote = connection.getMetaData().getIdentifierQuoteString();
    RowSql sql = RowSql.of(query, columns, column, quote);
    Optional<Dialect.Estimate> estimate = dialect.estimate(connection, sql.all());
    RowSlices slices =
        slices(connection, dialect, sql, column, query, estimate, snapshot.isPresent());
    long rowBytes =
        estimate.map(Dialect.Estimate::rowBytes).orElse(VALUE_BYTES * columns.size())
            + columns.stream().mapToLong(each -> each.name().length() + 2).sum();
    return new RowsPlan(
        database,
        query.name(),
        slices.sql(),
        columns,
        query.json(),
        slices.all(),
        snapshot.orElse(null),
        slices.rows(),
        slices.rows() * rowBytes);
  }

  private static RowSlices slices(
      Connection connection,
      Dialect dialect,
      RowSql sql,
      @Nullable RowColumn column,
      RowQuery query,
      Optional<Dialect.Estimate> estimate,
      boolean isOneSnapshot)
      throws SQLException, DatabaseException {
    long rows = estimate.map(Dialect.Estimate::rows).orElse(0L);
    Optional<RowSlices> places =
        isOneSnapshot && query.table() != null
            ? dialect.byPlace(connection, query.table(), sql, query.partitions(), rows)
            : Optional.empty();
    if (places.isPresent()) {
      return places.get();
    }
    if (column == null) {
      return RowSlices.one(sql, estimate.isPresent() ? rows : count(connection, sql));
    }
    try {
      ColumnBounds bounds = dialect.bounds(connection, sql, query.partitions(), rows);
      return RowSlices.byColumn(sql, bounds, isOneSnapshot);
    } catch (SQLException e) {
      if (NO_SUCH_FUNCTION.equals(e.getSQLState())) {
        throw DatabaseException.because(
            "the values of the column '%s', of the type %s, have no order: give another --partitionColumn"
                .formatted(column.name(), column.type()));
      }
      throw e;
    }
  }

  private static long count(Connection connection, RowSql sql) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT COUNT(*) FROM " + sql.from());
        ResultSet count = statement.executeQuery()) {
      count.next();
      return count.getLong(1);
    }
  }

  private static List<RowColumn> columns(Connection connection, RowQuery query)
      throws SQLException, DatabaseException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT * FROM " + query.from())) {
      ResultSetMetaData described = statement.getMetaData();
      if (described != null) {
        return columns(described);
      }
      statement.setMaxRows(1);
      try (ResultSet row = statement.executeQuery()) {
        return columns(row.getMetaData());
      }
    }
  }

  private static List<RowColumn> columns(ResultSetMetaData described)
      throws SQLException, DatabaseException {
    List<RowColumn> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 1; i <= described.getColumnCount(); i++) {
      String name = described.getColumnLabel(i);
      if (name == null || name.isEmpty()) {
        throw DatabaseException.because(
            "column %d of what is read has no name: give it one by AS".formatted(i));
      }
      if (!names.add(name)) {
        throw DatabaseException.because(
            "two columns of what is read are named '%s': give one another name by AS"
                .formatted(name));
      }
      columns.add(
          new RowColumn(
              name,
              described.getColumnTypeName(i),
              described.getColumnType(i),
              described.getPrecision(i)));
    }
    if (columns.isEmpty()) {
      throw DatabaseException.because("what is read has no columns");
    }
    return columns;
  }

  /** Finds the column by its name; null when none is given. */
  private static @Nullable RowColumn partitionColumn(List<RowColumn> columns, RowQuery query)
      throws DatabaseException {
    String name = query.partitionColumn();
    if (name == null) {
      return null;
    }
    List<RowColumn> alike = new ArrayList<>();
    for (RowColumn column : columns) {
      if (column.name().equals(name)) {
        return column;
      }
      if (column.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
        alike.add(column);
      }
    }
    if (alike.size() == 1) {
      return alike.get(0);
    }
    throw DatabaseException.because(
        "--partitionColumn=%s is no column of what is read, which has %s"
            .formatted(name, String.join(", ", columns.stream().map(RowColumn::name).toList())));
  }

  /** Returns what was found. */
  public RowsPlan plan() {
    return plan;
  }

  /** Ends the transaction that holds the snapshot. */
  @Override
  public void close() {
    if (kept != null) {
      kept.close();
      Database.end(connection);
    }
  }
}
