/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc.copy;

import java.sql.SQLException;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Rows of PostgreSQL by the text of their values, one after the other. Not thread-safe. */
public interface TextRows {

  /**
   * Takes the next row.
   *
   * @param values receives the text of each value in UTF-8, and of a column of bytes the bytes;
   *     null for NULL
   * @return false after the last one
   */
  boolean next(byte[] @Nullable [] values) throws SQLException;

  /** Ends reading, also before the last row: the transaction is over then. */
  void close();
}
