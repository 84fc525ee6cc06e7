/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import io.sluice.item.ItemDraft;
import java.sql.SQLException;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The values of one row after the other. Not thread-safe. */
interface RowValues {

  /** Takes the values of the next row; returns false after the last one. */
  boolean next() throws SQLException;

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

  /** Ends reading, also before the last row. */
  void close();
}
