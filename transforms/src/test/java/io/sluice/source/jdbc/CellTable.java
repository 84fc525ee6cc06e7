/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import io.sluice.testing.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A table of a real PostgreSQL with a column of each type, each named by its type, and an id. */
final class CellTable {
  static final List<String> TYPES = List.copyOf(Cells.columns().keySet());

  private final Postgres postgres = Postgres.database();

  CellTable() throws SQLException {
    postgres.execute(
        "CREATE TABLE cells (id int, "
            + TYPES.stream()
                .map(type -> "\"" + type + "\" " + type)
                .collect(Collectors.joining(", "))
            + ")");
  }

  Postgres postgres() {
    return postgres;
  }

  /** Replaces all rows by these, with ids from 0. */
  void fill(List<List<Cells.Cell>> rows) throws SQLException {
    postgres.execute("TRUNCATE cells");
    add(rows, 0);
  }

  /** Adds rows, with ids from the first. */
  void add(List<List<Cells.Cell>> rows, int first) throws SQLException {
    String places = TYPES.stream().map(type -> "?::" + type).collect(Collectors.joining(", "));
    try (Connection connection = postgres.connect();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO cells VALUES (?, " + places + ")")) {
      for (int id = 0; id < rows.size(); id++) {
        insert.setInt(1, first + id);
        for (int i = 0; i < TYPES.size(); i++) {
          insert.setString(i + 2, rows.get(id).get(i).text());
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Returns the items that rows are to become, by id. */
  static Map<String, Map<String, AttributeValue>> items(List<List<Cells.Cell>> rows) {
    Map<String, Map<String, AttributeValue>> items = new HashMap<>();
    for (int id = 0; id < rows.size(); id++) {
      Map<String, AttributeValue> item = new HashMap<>();
      item.put("id", AttributeValue.fromN(Integer.toString(id)));
      for (int i = 0; i < TYPES.size(); i++) {
        if (rows.get(id).get(i).value() != null) {
          item.put(TYPES.get(i), rows.get(id).get(i).value());
        }
      }
      items.put(Integer.toString(id), item);
    }
    return items;
  }

  /**
   * Returns items by their ids.
   *
   * @throws IllegalStateException when two have the same
   */
  static Map<String, Map<String, AttributeValue>> byId(List<Map<String, AttributeValue>> items) {
    return new ArrayList<>(items)
        .stream().collect(Collectors.toMap(item -> item.get("id").n(), item -> item));
  }
}
