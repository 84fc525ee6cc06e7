/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.query;

import io.sluice.pipelines.cli.Terminal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Formats the result of a query for a person.
 *
 * @param names of the columns
 * @param numbers for each column whether it contains numbers, which are right-aligned
 * @param rows the values as text
 * @param rest how many more rows there are
 */
public record ResultTable(
    List<String> names, List<Boolean> numbers, List<List<String>> rows, long rest) {
  private static final int WIDEST = 80;
  private static final String GAP = "  ";

  /** Reads a result to its end and keeps the first rows. */
  public static ResultTable of(ResultSet result, int maxRows) throws SQLException {
    ResultSetMetaData meta = result.getMetaData();
    List<String> names = new ArrayList<>();
    List<Boolean> numbers = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      names.add(Terminal.escape(meta.getColumnLabel(i)));
      numbers.add(isNumber(meta.getColumnType(i)));
    }
    List<List<String>> rows = new ArrayList<>();
    long rest = 0;
    while (result.next()) {
      if (rows.size() == maxRows) {
        rest++;
        continue;
      }
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= names.size(); i++) {
        String text = result.getString(i);
        row.add(text == null ? "NULL" : oneLine(text));
      }
      rows.add(row);
    }
    return new ResultTable(names, numbers, rows, rest);
  }

  private static boolean isNumber(int type) {
    return switch (type) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.NUMERIC,
          Types.DECIMAL,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE ->
          true;
      default -> false;
    };
  }

  private static String oneLine(String text) {
    String line = Terminal.escape(text);
    return line.length() > WIDEST ? line.substring(0, WIDEST - 1) + "…" : line;
  }

  /** Returns the header, a rule, the rows, and their number. */
  public String text() {
    List<Integer> widths = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int column = i;
      int widest = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
      widths.add(Math.max(names.get(i).length(), widest));
    }
    StringBuilder text = new StringBuilder();
    line(names, widths, text);
    line(widths.stream().map("-"::repeat).toList(), widths, text);
    rows.forEach(row -> line(row, widths, text));
    long all = rows.size() + rest;
    text.append(String.format(Locale.ROOT, "(%,d row%s", all, all == 1 ? "" : "s"));
    if (rest > 0) {
      text.append(String.format(Locale.ROOT, ", the first %,d shown", rows.size()));
    }
    return text.append(")\n").toString();
  }

  private void line(List<String> cells, List<Integer> widths, StringBuilder text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String pad = " ".repeat(widths.get(i) - cells.get(i).length());
      line.append(i == 0 ? "" : GAP)
          .append(numbers.get(i) ? pad + cells.get(i) : cells.get(i) + pad);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
