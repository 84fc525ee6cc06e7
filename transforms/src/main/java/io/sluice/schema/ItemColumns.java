/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import io.sluice.item.ItemCursor;

/**
 * Hands the values of items to the columns of a schema, without objects in between. How to convert
 * each field is decided once.
 *
 * <p>An item fits when it comes back from its columns as it is, numbers by their value. The schema
 * says what null stands for (see {@link TableSchema#NULL}). If it says nothing, null stands for a
 * missing attribute, so that a NULL fits only a column of JSON; in a list and a map it stands for
 * NULL. An array without a {@link TableSchema#TYPE} holds an L but not a set. For a set, a NULL or
 * an attribute with another name to come back from a file, the file's schema needs {@link
 * TableSchema#VERSION}, which {@link SchemaRules#mark} adds.
 *
 * <p>Not for use by several threads at once.
 */
public final class ItemColumns {
  private final RecordCell root;
  private final RecordWalk walk = new RecordWalk();

  private ItemColumns(RecordCell root) {
    this.root = root;
  }

  /**
   * Returns columns for an inferred schema, or for a user's.
   *
   * @param record receives the items, as records of the schema
   * @throws IllegalArgumentException when the schema has a type that no item has, or its properties
   *     contradict each other
   */
  public static ItemColumns of(TableSchema schema, Slot record) {
    SchemaRules.check(schema.avro());
    return new ItemColumns(Cells.record(schema.avro(), record));
  }

  /**
   * Converts an item. When it does not fit, some of its values may have been handed over already.
   *
   * @param item before its attributes
   * @throws UnfitItemException when the item does not fit; it names the attribute
   * @throws IllegalArgumentException when the item's bytes are corrupt
   */
  public void write(ItemCursor item) {
    root.item(item, walk);
  }
}
