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
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads rows as records. A row has no bytes of its own: a rejection keeps its values as a line of
 * JSON. NULL is no attribute.
 */
final class RowReader implements RecordReader {
  private final DatabaseUrl url;
  private final String origin;
  private final Connection connection;
  private final List<RowColumn> columns;
  private final RowValues values;
  private final List<KeyAttribute> keys;
  private long number = -1;

  /**
   * Creates a reader.
   *
   * @param url of the database, for messages
   * @param origin the name of the slice
   * @param connection is closed with the reader
   * @param columns those of the rows
   * @param values have the rows
   * @param keys the key attributes of the table and its indexes
   */
  RowReader(
      DatabaseUrl url,
      String origin,
      Connection connection,
      List<RowColumn> columns,
      RowValues values,
      List<KeyAttribute> keys) {
    this.url = url;
    this.origin = origin;
    this.connection = connection;
    this.columns = columns;
    this.values = values;
    this.keys = keys;
  }

  @Override
  public boolean next() throws DatabaseException {
    try {
      if (!values.next()) {
        return false;
      }
      number++;
      return true;
    } catch (SQLException e) {
      throw DatabaseException.of(url, e);
    }
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
    values.close();
    Database.end(connection);
  }
}
