/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.query;

import io.sluice.pipelines.cli.JobException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** An embedded DuckDB with a view for each table; its driver is next to the DirectRunner's jar. */
public final class DuckDb implements AutoCloseable {
  private static final String URL = "jdbc:duckdb:";

  private final Connection connection;

  private DuckDb(Connection connection) {
    this.connection = connection;
  }

  /** Whether the driver is available. */
  public static boolean isHere() {
    return DriverManager.drivers().anyMatch(DuckDb::accepts);
  }

  private static boolean accepts(Driver driver) {
    try {
      return driver.acceptsURL(URL);
    } catch (SQLException e) {
      return false;
    }
  }

  /**
   * Opens an empty database.
   *
   * @throws JobException when the driver is not available
   */
  static DuckDb open() {
    try {
      return new DuckDb(DriverManager.getConnection(URL));
    } catch (SQLException e) {
      throw new JobException(
          "DuckDB is not here: ./sluice query has it, the runners' jars by themselves do not", e);
    }
  }

  /** Runs a statement that returns nothing. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Runs a query, or a statement such as {@code copy … to}; returns the text to show. */
  String query(String sql, int maxRows) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        try (ResultSet result = statement.getResultSet()) {
          return ResultTable.of(result, maxRows).text();
        }
      }
      long rows = Math.max(0, statement.getUpdateCount());
      return String.format(Locale.ROOT, "(%,d row%s written)\n", rows, rows == 1 ? "" : "s");
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
