/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import io.sluice.source.jdbc.copy.TextRows;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The rows of a result, a page of it at a time. */
final class FetchedRows implements TextRows {
  private static final int FIRST_ROWS = 100;
  private static final int LEAST_ROWS = 10;
  private static final int MOST_ROWS = 1000;

  /**
   * The bytes of a page of the result, if its rows are as long as the longest of the page before.
   */
  private static final long PAGE_BYTES = 4L << 20;

  private final ResultSet rows;
  private long longest;
  private int leftOfPage = FIRST_ROWS;

  private FetchedRows(ResultSet rows) {
    this.rows = rows;
  }

  /** Executes a statement, whose rows are then read. */
  static FetchedRows execute(PreparedStatement statement) throws SQLException {
    statement.setFetchSize(FIRST_ROWS);
    return new FetchedRows(statement.executeQuery());
  }

  /** Returns the next row; null after the last one. */
  @Nullable ResultSet next() throws SQLException {
    return rows.next() ? rows : null;
  }

  /**
   * Says how long a row was, and so how many the next page has.
   *
   * @param bytes 0 where nobody knows: then pages are as the first one
   */
  void took(long bytes) throws SQLException {
    longest = Math.max(longest, bytes);
    if (--leftOfPage == 0) {
      leftOfPage =
          longest == 0
              ? FIRST_ROWS
              : (int) Math.max(LEAST_ROWS, Math.min(MOST_ROWS, PAGE_BYTES / longest));
      longest = 0;
      rows.setFetchSize(leftOfPage);
    }
  }

  @Override
  public boolean next(byte[] @Nullable [] values) throws SQLException {
    if (!rows.next()) {
      return false;
    }
    long bytes = 0;
    for (int i = 0; i < values.length; i++) {
      // Of text, the driver returns the bytes that came.
      values[i] = rows.getBytes(i + 1);
      bytes += values[i] == null ? 0 : values[i].length;
    }
    took(bytes);
    return true;
  }

  /** The end of the transaction ends the result. */
  @Override
  public void close() {}
}
