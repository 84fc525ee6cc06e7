/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import io.sluice.item.ItemCursor;
import io.sluice.item.SourcedItem;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Converts items to records, for Avro's and Parquet's generic writers.
 *
 * <p>An item fits when it comes back from its record as it is, numbers by their value. The schema
 * says what null stands for (see {@link TableSchema#NULL}). If it says nothing, null stands for a
 * missing attribute, so that a NULL fits only a column of JSON; in a list and a map it stands for
 * NULL. An array without a {@link TableSchema#TYPE} holds an L but not a set. For a set, a NULL or
 * an attribute with another name to come back from a file, the file's schema needs {@link
 * TableSchema#VERSION}, which {@link SchemaRules#mark} adds.
 *
 * <p>Parquet's writer must write lists in three levels (set {@code
 * parquet.avro.write-old-list-structure} to false), or it accepts no null in them.
 *
 * <p>Not for use by several threads at once, and not serializable: it is made from a {@link
 * TableSchema}, which is a line of JSON.
 */
public final class ItemRecords {
  private final TableSchema schema;
  private final RecordCell root;
  private final RecordWalk walk = new RecordWalk();

  private ItemRecords(TableSchema schema) {
    this.schema = schema;
    this.root = new Cells().record(schema.avro());
  }

  /**
   * Creates a converter for an inferred schema, or for a user's.
   *
   * @throws IllegalArgumentException when the schema has a type that no item has, or its properties
   *     contradict each other
   */
  public static ItemRecords of(TableSchema schema) {
    SchemaRules.check(schema.avro());
    return new ItemRecords(schema);
  }

  /** Returns the schema of the records. */
  public Schema schema() {
    return schema.avro();
  }

  /**
   * Converts an item to a new record, which shares nothing with the item.
   *
   * @throws UnfitItemException when the item does not fit; it names the attribute
   * @throws IllegalArgumentException when the item's bytes are corrupt
   */
  public GenericRecord record(SourcedItem item) {
    return root.item(ItemCursor.of(item), walk);
  }
}
