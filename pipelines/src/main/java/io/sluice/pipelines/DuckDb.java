/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import io.sluice.sink.OutputFormat;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** An embedded DuckDB with a view for each table; its driver is beside the DirectRunner's jar. */
final class DuckDb implements AutoCloseable {
  private static final String URL = "jdbc:duckdb:";

  private final Connection connection;

  private DuckDb(Connection connection) {
    this.connection = connection;
  }

  /** Whether its driver is there. */
  static boolean isHere() {
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
   * Opens an empty one.
   *
   * @throws JobException when its driver is not there
   */
  static DuckDb open() {
    try {
      return new DuckDb(DriverManager.getConnection(URL));
    } catch (SQLException e) {
      throw new JobException(
          "DuckDB is not here: ./sluice query has it, the runners' jars by themselves do not", e);
    }
  }

  /**
   * Makes files known under the name of their table.
   *
   * @param files of this computer, one or more
   */
  void addTable(String name, OutputFormat format, List<Path> files) throws SQLException {
    String list =
        files.stream().map(file -> quoted(file.toString(), "'")).collect(Collectors.joining(", "));
    String reader =
        switch (format) {
          case PARQUET -> "read_parquet([" + list + "])";
          case JSON, DYNAMODB_JSON -> "read_json([" + list + "], format = 'newline_delimited')";
          case CSV -> "read_csv([" + list + "], header = true)";
          case AVRO -> throw new IllegalArgumentException("DuckDB cannot read Avro by itself");
        };
    execute("CREATE VIEW " + quoted(name, "\"") + " AS SELECT * FROM " + reader);
  }

  /** Makes a table known that has no items, so that only the names of its columns are known. */
  void addEmptyTable(String name, List<String> columns) throws SQLException {
    String nothing =
        columns.stream()
            .map(column -> "NULL AS " + quoted(column, "\""))
            .collect(Collectors.joining(", "));
    execute("CREATE VIEW " + quoted(name, "\"") + " AS SELECT " + nothing + " WHERE false");
  }

  /** Runs a query. */
  ResultTable query(String sql, int maxRows) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return ResultTable.of(result, maxRows);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String quoted(String text, String quote) {
    return quote + text.replace(quote, quote + quote) + quote;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
