/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet.record;

import io.sluice.format.columnar.ColumnCell;
import org.apache.parquet.io.api.Converter;

/** A field of the current record, which Parquet's reader fills. */
public interface RecordCell extends ColumnCell {

  /** Returns what takes the value from Parquet's reader. */
  Converter converter();

  /** Makes the cell null, before the next record. */
  void clear();
}
