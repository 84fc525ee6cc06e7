/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import io.sluice.item.ItemDraft;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The values of one row after the other. Not thread-safe. */
interface RowValues {

  /** Takes the values of the current row of a result. */
  void load(ResultSet row) throws SQLException;

  /** Whether a value is NULL. */
  boolean isNull(int column);

  /**
   * Converts a value that is not NULL.
   *
   * @return one of {@code ColumnarValue}; null for JSON's null
   */
  @Nullable Object value(int column);

  /** Writes the item, without its end, as {@code RecordReader.draft} does. */
  boolean draft(ItemDraft item);

  /** Returns the bytes of the row, as it was sent; 0 when that is not known. */
  long bytes();
}
