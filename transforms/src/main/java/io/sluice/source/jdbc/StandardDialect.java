/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import io.sluice.item.ItemDraft;
import io.sluice.item.KeyAttribute;
import io.sluice.source.jdbc.value.JsonAs;
import io.sluice.source.jdbc.value.StandardTimes;
import io.sluice.source.jdbc.value.StandardValues;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A database of which nothing is known but what JDBC promises. */
final class StandardDialect implements Dialect {

  @Override
  public Map<String, String> properties() {
    return Map.of();
  }

  @Override
  public void begin(Connection connection) throws SQLException {
    try {
      connection.setReadOnly(true);
    } catch (SQLException e) {
      // A hint, which not every driver takes.
    }
    connection.setAutoCommit(false);
  }

  @Override
  public void settle(Connection connection) {}

  @Override
  public Optional<String> exportSnapshot(Connection connection) {
    return Optional.empty();
  }

  @Override
  public void enterSnapshot(Connection connection, String snapshot) {
    throw new IllegalStateException("no snapshot was exported");
  }

  @Override
  public Optional<Estimate> estimate(Connection connection, String select) {
    return Optional.empty();
  }

  @Override
  public ColumnBounds bounds(Connection connection, RowSql sql, int partitions, long rows)
      throws SQLException {
    return ColumnBounds.exact(connection, sql, partitions, this::bound);
  }

  @Override
  public Optional<RowSlices> byPlace(
      Connection connection, String table, RowSql sql, int partitions, long rows) {
    return Optional.empty();
  }

  @Override
  public Serializable bound(ResultSet row, int column) throws SQLException {
    int type = row.getMetaData().getColumnType(column);
    Object value = StandardTimes.object(row, column, type);
    // A class of the driver would not be known where the job is read again.
    return value instanceof Serializable known && value.getClass().getName().startsWith("java.")
        ? known
        : Objects.requireNonNull(row.getString(column), "a boundary is not NULL");
  }

  @Override
  public void bind(PreparedStatement statement, int parameter, Serializable value)
      throws SQLException {
    statement.setObject(parameter, value);
  }

  @Override
  public RowValues read(
      Connection connection,
      RowSql sql,
      List<RowColumn> columns,
      JsonAs json,
      RowSlice slice,
      List<KeyAttribute> keys)
      throws SQLException {
    return new Row(FetchedRows.execute(sql.prepare(connection, slice, this::bind)), columns);
  }

  private static final class Row implements RowValues {
    private final FetchedRows rows;
    private final List<RowColumn> columns;
    private final @Nullable Object[] values;

    Row(FetchedRows rows, List<RowColumn> columns) {
      this.rows = rows;
      this.columns = columns;
      this.values = new Object[columns.size()];
    }

    @Override
    public boolean next() throws SQLException {
      ResultSet row = rows.next();
      if (row == null) {
        return false;
      }
      for (int i = 0; i < values.length; i++) {
        RowColumn column = columns.get(i);
        values[i] = StandardValues.read(row, i + 1, column.sqlType(), column.precision());
      }
      rows.took(0);
      return true;
    }

    @Override
    public boolean isNull(int column) {
      return values[column] == null;
    }

    @Override
    public @Nullable Object value(int column) {
      return values[column];
    }

    @Override
    public boolean draft(ItemDraft item) {
      return false;
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
