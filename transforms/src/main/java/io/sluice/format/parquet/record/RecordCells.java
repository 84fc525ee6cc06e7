/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;

/** The fields of the current record, in the order of the file's schema. */
public final class RecordCells extends GroupConverter {
  private final RecordCell[] cells;

  public RecordCells(List<RecordCell> cells) {
    this.cells = cells.toArray(new RecordCell[0]);
  }

  /** Returns the cells, which have other values after the next record was read. */
  public List<RecordCell> cells() {
    return List.of(cells);
  }

  /**
   * Returns the fields that are not null, as values of {@link
   * io.sluice.format.columnar.ColumnarValue}: repeated fields, which never are, before the others.
   */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>(cells.length * 2);
    for (RecordCell cell : cells) {
      if (cell instanceof RepeatedCell) {
        fields.put(cell.name(), cell.value());
      }
    }
    for (RecordCell cell : cells) {
      if (!(cell instanceof RepeatedCell) && !cell.isNull()) {
        fields.put(cell.name(), cell.value());
      }
    }
    return fields;
  }

  @Override
  public Converter getConverter(int field) {
    return cells[field].converter();
  }

  @Override
  public void start() {
    for (RecordCell cell : cells) {
      cell.clear();
    }
  }

  @Override
  public void end() {
    // The record is in the cells.
  }
}
