/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.imports;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** The formats in which the rows of a CSV file are imported. */
public enum InputKind {
  CSV,
  JSON,
  DYNAMODB_JSON,
  PARQUET;

  public static InputKind parse(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** Writes the rows of a CSV file, which have no quotes, in this format; returns the file. */
  public Path of(Path csv) throws IOException {
    String name = csv.toString().replaceFirst("\\.csv$", "");
    switch (this) {
      case CSV:
        return csv;
      case JSON:
        return byDuckDb(csv, Path.of(name + ".json"), "json");
      case PARQUET:
        return byDuckDb(csv, Path.of(name + ".parquet"), "parquet");
      default:
        return dynamoDbJson(csv, Path.of(name + ".ddb.json"));
    }
  }

  private static Path byDuckDb(Path csv, Path file, String format) throws IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT * FROM read_csv('%s')) TO '%s' (FORMAT %s)".formatted(csv, file, format));
      return file;
    } catch (SQLException e) {
      throw new IOException("DuckDB cannot write " + file, e);
    }
  }

  private static Path dynamoDbJson(Path csv, Path file) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(csv);
        BufferedWriter out = Files.newBufferedWriter(file)) {
      String[] names = in.readLine().split(",");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] values = line.split(",");
        out.write("{\"Item\":{");
        for (int i = 0; i < names.length; i++) {
          String type = values[i].matches("[0-9]+([.][0-9]+)?") ? "N" : "S";
          out.write(
              (i == 0 ? "" : ",") + "\"%s\":{\"%s\":\"%s\"}".formatted(names[i], type, values[i]));
        }
        out.write("}}\n");
      }
      return file;
    }
  }
}
