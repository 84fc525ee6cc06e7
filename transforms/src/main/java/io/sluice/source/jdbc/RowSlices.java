/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides the rows into slices of about as many rows each. The database finds the bounds in its own
 * order, so that any type that it can sort divides the rows, however their values are spread. Only
 * rows with equal values stay together.
 *
 * @param sql reads them
 * @param all the slices
 * @param rows how many rows there are
 */
record RowSlices(RowSql sql, List<RowSlice> all, long rows) {

  /** Returns all rows as one slice. */
  static RowSlices one(RowSql sql, long rows) {
    return new RowSlices(sql, List.of(RowSlice.ALL), rows);
  }

  /**
   * Divides the rows by the values of a column.
   *
   * @param sql has a partition column
   * @param isOneSnapshot whether the slices will be read as the rows are now: otherwise rows
   *     without a value may arrive
   */
  static RowSlices byColumn(RowSql sql, ColumnBounds column, boolean isOneSnapshot) {
    boolean hasNulls = column.rows() > column.valued() || !isOneSnapshot;
    if (column.bounds().isEmpty() && hasNulls) {
      // Without bounds, a slice of all rows has those without a value, too.
      return one(sql, column.rows());
    }
    List<RowSlice> slices = between(column.bounds());
    if (hasNulls) {
      slices.add(new RowSlice(slices.size() + 1, null, null, true));
    }
    return new RowSlices(sql, List.copyOf(slices), column.rows());
  }

  /**
   * Divides the rows of a snapshot by their places.
   *
   * @param places the values of {@code column} at which slices after the first begin
   * @param column of the places, as it is written in SQL, which each row has
   */
  static RowSlices byPlace(RowSql sql, String column, List<Serializable> places, long rows) {
    return new RowSlices(sql.by(column), List.copyOf(between(places)), rows);
  }

  private static List<RowSlice> between(List<Serializable> bounds) {
    List<RowSlice> slices = new ArrayList<>();
    Serializable from = null;
    for (Serializable to : bounds) {
      slices.add(new RowSlice(slices.size() + 1, from, to, false));
      from = to;
    }
    slices.add(new RowSlice(slices.size() + 1, from, null, false));
    return slices;
  }
}
