/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import io.sluice.item.KeyAttribute;
import io.sluice.source.jdbc.copy.CopiedRows;
import io.sluice.source.jdbc.copy.PostgresBinary;
import io.sluice.source.jdbc.copy.TextRows;
import io.sluice.source.jdbc.value.JsonAs;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL, and what speaks its language. Values are read by their text, which no driver rounds.
 */
final class PostgresDialect implements Dialect {
  static final String SCHEME = "jdbc:postgresql:";

  private static final String QUOTE = "\"";

  /** Values come as text, and a server that is gone is noticed. */
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "binaryTransfer", "false",
          "tcpKeepAlive", "true",
          "connectTimeout", "10",
          "ApplicationName", "sluice");

  /**
   * Sets aside what ends transactions that wait, as the one of a snapshot does, and a reader whose
   * rows are not taken yet.
   */
  private static final String WAIT_FOR_EVER =
      "SELECT set_config(name, '0', true) FROM pg_settings WHERE name IN"
          + " ('idle_in_transaction_session_timeout', 'transaction_timeout')";

  /** Floats have as many digits as the server may give, of which no other float has all. */
  private static final String ALL_DIGITS =
      "SELECT set_config(name, max_val, true) FROM pg_settings WHERE name = 'extra_float_digits'";

  /** Of the first line of a plan. */
  private static final Pattern ESTIMATE = Pattern.compile("rows=(\\d+) width=(\\d+)");

  @Override
  public Map<String, String> properties() {
    return PROPERTIES;
  }

  @Override
  public void begin(Connection connection) throws SQLException {
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
  }

  @Override
  public void settle(Connection connection) throws SQLException {
    // For the transaction only: a pool between us and the server may share the session.
    execute(connection, "SET LOCAL TimeZone TO 'UTC'; SET LOCAL DateStyle TO 'ISO'");
    execute(connection, ALL_DIGITS);
  }

  @Override
  public Optional<String> exportSnapshot(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT pg_export_snapshot()")) {
      result.next();
      String snapshot = result.getString(1);
      execute(connection, WAIT_FOR_EVER);
      return Optional.of(snapshot);
    } catch (SQLException e) {
      // Redshift, and others that have the protocol but not the function.
      connection.rollback();
      return Optional.empty();
    }
  }

  @Override
  public void enterSnapshot(Connection connection, String snapshot) throws SQLException {
    execute(connection, "SET TRANSACTION SNAPSHOT '" + snapshot.replace("'", "''") + "'");
    execute(connection, WAIT_FOR_EVER);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public Optional<Estimate> estimate(Connection connection, String select) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + select);
        ResultSet plan = statement.executeQuery()) {
      while (plan.next()) {
        Matcher estimate = ESTIMATE.matcher(String.valueOf(plan.getString(1)));
        if (estimate.find()) {
          return Optional.of(
              new Estimate(Long.parseLong(estimate.group(1)), Long.parseLong(estimate.group(2))));
        }
      }
      return Optional.empty();
    }
  }

  @Override
  public ColumnBounds bounds(Connection connection, RowSql sql, int partitions, long rows)
      throws SQLException {
    Optional<ColumnBounds> sampled = PostgresSlices.sampled(connection, sql, partitions, rows);
    return sampled.isPresent()
        ? sampled.get()
        : ColumnBounds.exact(connection, sql, partitions, this::bound);
  }

  @Override
  public Optional<RowSlices> byPlace(
      Connection connection, String table, RowSql sql, int partitions, long rows)
      throws SQLException {
    return PostgresSlices.places(connection, table, sql, partitions)
        .map(places -> RowSlices.byPlace(sql, PostgresSlices.PLACE, places, rows));
  }

  @Override
  public Serializable bound(ResultSet row, int column) throws SQLException {
    return Objects.requireNonNull(row.getString(column), "a boundary is not NULL");
  }

  /** Binds a text of no type, which the server reads as one of the type that it is compared to. */
  @Override
  public void bind(PreparedStatement statement, int parameter, Serializable value)
      throws SQLException {
    statement.setObject(parameter, value, Types.OTHER);
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
    Optional<List<PostgresBinary>> formats =
        PostgresSlices.isOfToday(connection) ? formats(connection, sql, columns) : Optional.empty();
    TextRows rows =
        formats.isPresent()
            ? CopiedRows.open(connection, copied(sql, columns, slice, formats.get()), formats.get())
            : FetchedRows.execute(sql.prepare(connection, slice, this::bind));
    return new PostgresRow(rows, columns, json, keys);
  }

  /**
   * Returns how the columns of a COPY are sent; empty when they, or the query, are not for that.
   */
  static Optional<List<PostgresBinary>> formats(
      Connection connection, RowSql sql, List<RowColumn> columns) {
    List<PostgresBinary> formats = new ArrayList<>();
    for (RowColumn column : columns) {
      PostgresBinary.of(column.type(), column.sqlType() == Types.ARRAY).ifPresent(formats::add);
    }
    // A question mark of a query may be one that the driver has to unescape.
    boolean fits =
        formats.size() == columns.size()
            && sql.from().indexOf('?') < 0
            && CopiedRows.isOffered(connection);
    return fits ? Optional.of(formats) : Optional.empty();
  }

  /** Returns the SELECT of what is copied. */
  static String copied(
      RowSql sql, List<RowColumn> columns, RowSlice slice, List<PostgresBinary> formats) {
    List<String> selected = new ArrayList<>();
    for (int i = 0; i < formats.size(); i++) {
      String column = RowSql.quoted(columns.get(i).name(), QUOTE);
      selected.add(formats.get(i) == PostgresBinary.CAST_TO_TEXT ? column + "::text" : column);
    }
    return sql.of(slice, String.join(",", selected), PostgresDialect::literal);
  }

  /** Writes a text of no type, which the server reads as one of the type that it is compared to. */
  private static String literal(Serializable value) {
    return "E'" + value.toString().replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
