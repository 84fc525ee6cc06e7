/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import java.io.Serializable;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The rows whose value in the partition column is in a range; or those that have none.
 *
 * @param number of the slice, from 1
 * @param from the least value; null for no bound
 * @param to the value below which all are; null for no bound
 * @param ofNulls whether it has the rows without a value, and no others
 */
record RowSlice(int number, @Nullable Serializable from, @Nullable Serializable to, boolean ofNulls)
    implements Serializable {

  /** All rows, in one slice. */
  static final RowSlice ALL = new RowSlice(1, null, null, false);
}
