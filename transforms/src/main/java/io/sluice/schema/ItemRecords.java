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
 * Converts items to records, for Avro's generic writers. {@link ItemColumns} says which items fit.
 *
 * <p>Not for use by several threads at once, and not serializable: it is made from a {@link
 * TableSchema}, which is a line of JSON.
 */
public final class ItemRecords {
  private final TableSchema schema;
  private final AvroSlot record;
  private final ItemColumns columns;

  private ItemRecords(TableSchema schema) {
    this.schema = schema;
    this.record = AvroSlot.of(schema.avro());
    this.columns = ItemColumns.of(schema, record);
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
   * @param item before its attributes
   * @throws UnfitItemException when the item does not fit; it names the attribute
   * @throws IllegalArgumentException when the item's bytes are corrupt
   */
  public GenericRecord record(ItemCursor item) {
    columns.write(item);
    return (GenericRecord) record.value;
  }

  /** Converts an item, see {@link #record(ItemCursor)}. */
  public GenericRecord record(SourcedItem item) {
    return record(ItemCursor.of(item));
  }
}
