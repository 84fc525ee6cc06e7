/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.columnar;

import io.sluice.item.ItemDraft;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Drafts the items of a columnar file from the cells of its columns. It accepts nothing that {@link
 * ItemFromColumns} and {@link RoundTripItems} do not, but not everything: the rest is for them.
 */
public final class DraftedColumns {
  private final DraftedColumn[] columns;
  private final ColumnCell[] others;

  /**
   * @param columns the attributes
   * @param cells of all columns: the record is parsed when one that is no attribute has a value
   */
  DraftedColumns(Collection<DraftedColumn> columns, Collection<? extends ColumnCell> cells) {
    // In the order of an item, so that nothing has to be moved.
    this.columns =
        columns.stream()
            .sorted(Comparator.comparing(DraftedColumn::attribute))
            .toArray(DraftedColumn[]::new);
    List<ColumnCell> known =
        columns.stream().map(DraftedColumn::cell).filter(cell -> cell != null).toList();
    this.others = cells.stream().filter(cell -> !known.contains(cell)).toArray(ColumnCell[]::new);
  }

  /**
   * Drafts the item of the current record, see {@link io.sluice.format.RecordReader#draft}.
   *
   * @return false when the record has to be parsed
   */
  public boolean draft(ItemDraft item) {
    for (ColumnCell other : others) {
      if (!other.isNull()) {
        return false;
      }
    }
    item.begin();
    for (DraftedColumn column : columns) {
      if (!column.put(item)) {
        return false;
      }
    }
    return true;
  }
}
