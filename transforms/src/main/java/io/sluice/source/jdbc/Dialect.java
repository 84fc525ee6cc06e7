/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import io.sluice.item.KeyAttribute;
import io.sluice.source.jdbc.value.JsonAs;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What differs between databases. */
interface Dialect {

  /** Returns the settings of a connection, over which those in its URL take precedence. */
  Map<String, String> properties();

  /** Begins a transaction that only reads, in which large results come page by page. */
  void begin(Connection connection) throws SQLException;

  /**
   * Exports the snapshot of a transaction that has begun; empty when the database cannot, in which
   * case the transaction has begun anew.
   */
  Optional<String> exportSnapshot(Connection connection) throws SQLException;

  /** Has a transaction that has begun see what an exported snapshot sees. */
  void enterSnapshot(Connection connection, String snapshot) throws SQLException;

  /** Sets how values are spelt in a transaction, as {@link #read} reads them. */
  void settle(Connection connection) throws SQLException;

  /**
   * An estimate of a result.
   *
   * @param rows how many there are
   * @param rowBytes the bytes of a row
   */
  record Estimate(long rows, long rowBytes) {}

  /** Has a SELECT estimated without executing it; empty when the database does not say. */
  Optional<Estimate> estimate(Connection connection, String select) throws SQLException;

  /**
   * Counts the rows, and finds the values of the partition column that divide them.
   *
   * @param rows how many there may be; 0 when nobody knows
   */
  ColumnBounds bounds(Connection connection, RowSql sql, int partitions, long rows)
      throws SQLException;

  /**
   * Divides a table, whose snapshot is held, by where its rows are stored: no column is needed for
   * that, and each part of it is read once. Empty when the database cannot.
   *
   * @param table as it is written in SQL
   * @param rows how many there may be
   */
  Optional<RowSlices> byPlace(
      Connection connection, String table, RowSql sql, int partitions, long rows)
      throws SQLException;

  /** Reads a value, so that it can be bound again in its own type, on whichever worker. */
  Serializable bound(ResultSet row, int column) throws SQLException;

  /** Binds such a value. */
  void bind(PreparedStatement statement, int parameter, Serializable value) throws SQLException;

  /**
   * Begins to read a slice.
   *
   * @param connection its transaction has begun and is {@linkplain #settle settled}
   * @param columns those of the statement
   * @param json what columns of JSON become
   * @param keys the key attributes of the table and its indexes
   */
  RowValues read(
      Connection connection,
      RowSql sql,
      List<RowColumn> columns,
      JsonAs json,
      RowSlice slice,
      List<KeyAttribute> keys)
      throws SQLException;
}
