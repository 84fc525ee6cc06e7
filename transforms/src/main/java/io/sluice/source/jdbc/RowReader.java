/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import io.sluice.failure.PayloadFormat;
import io.sluice.format.RecordReader;
import io.sluice.format.columnar.ColumnarJson;
import io.sluice.format.columnar.ItemFromColumns;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemDraft;
import io.sluice.item.KeyAttribute;
import io.sluice.item.Origin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads the rows of a result as records, a page of it at a time. A row has no bytes of its own: a
 * rejection keeps its values as a line of JSON. NULL is no attribute.
 */
final class RowReader implements RecordReader {
  private static final int FIRST_ROWS = 100;
  private static final int LEAST_ROWS = 10;
  private static final int MOST_ROWS = 1000;

  /**
   * The bytes of a page of the result, if its rows are as long as the longest of the page before.
   */
  private static final long PAGE_BYTES = 4L << 20;

  private final DatabaseUrl url;
  private final String origin;
  private final Connection connection;
  private final ResultSet rows;
  private final List<RowColumn> columns;
  private final RowValues values;
  private final List<KeyAttribute> keys;
  private long number = -1;
  private long longest;
  private int leftOfPage = FIRST_ROWS;

  private RowReader(
      DatabaseUrl url,
      String origin,
      Connection connection,
      ResultSet rows,
      List<RowColumn> columns,
      RowValues values,
      List<KeyAttribute> keys) {
    this.url = url;
    this.origin = origin;
    this.connection = connection;
    this.rows = rows;
    this.columns = columns;
    this.values = values;
    this.keys = keys;
  }

  /**
   * Executes a statement, whose rows are then read.
   *
   * @param url of the database, for messages
   * @param origin the name of the slice
   * @param connection is closed with the reader
   * @param columns those of the statement
   * @param keys the key attributes of the table and its indexes
   */
  static RowReader execute(
      DatabaseUrl url,
      String origin,
      Connection connection,
      PreparedStatement statement,
      List<RowColumn> columns,
      RowValues values,
      List<KeyAttribute> keys)
      throws SQLException {
    statement.setFetchSize(FIRST_ROWS);
    ResultSet rows = statement.executeQuery();
    return new RowReader(url, origin, connection, rows, columns, values, keys);
  }

  @Override
  public boolean next() throws DatabaseException {
    try {
      if (!rows.next()) {
        return false;
      }
      values.load(rows);
      number++;
      longest = Math.max(longest, values.bytes());
      if (--leftOfPage == 0) {
        leftOfPage = rowsOfPage();
        longest = 0;
        rows.setFetchSize(leftOfPage);
      }
      return true;
    } catch (SQLException e) {
      throw DatabaseException.of(url, e);
    }
  }

  /** Returns how many rows the next page has: as the first one, where their size is not known. */
  private int rowsOfPage() {
    return longest == 0
        ? FIRST_ROWS
        : (int) Math.max(LEAST_ROWS, Math.min(MOST_ROWS, PAGE_BYTES / longest));
  }

  @Override
  public Origin origin() {
    return new Origin(origin, number);
  }

  @Override
  public byte[] record() {
    return ColumnarJson.of(row());
  }

  @Override
  public PayloadFormat recordFormat() {
    return ColumnarJson.FORMAT;
  }

  @Override
  public boolean isPoorerThanItem() {
    return true;
  }

  @Override
  public boolean draft(ItemDraft item) {
    return values.draft(item);
  }

  @Override
  public Map<String, AttributeValue> parse() throws InvalidItemException {
    return ItemFromColumns.of(row(), keys);
  }

  private Map<String, @Nullable Object> row() {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      if (!values.isNull(i)) {
        row.put(columns.get(i).name(), values.value(i));
      }
    }
    return row;
  }

  @Override
  public void close() {
    Database.end(connection);
  }
}
