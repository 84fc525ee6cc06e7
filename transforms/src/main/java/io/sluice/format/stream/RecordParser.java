/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.stream;

import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemDraft;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Parses one record into an item. */
@FunctionalInterface
public interface RecordParser {

  /**
   * Returns the names of the fields in the beginning of the file; empty for a format without them.
   */
  default List<String> columns() {
    return List.of();
  }

  /**
   * Writes the item of a record to a draft, as {@link io.sluice.format.RecordReader#draft} does.
   */
  default boolean draft(byte[] record, ItemDraft item) {
    return false;
  }

  /**
   * Parses one record into an item.
   *
   * @param record the record's bytes without its line end
   * @return the item's attributes in a mutable map, or null when the record should be skipped, such
   *     as a blank line
   * @throws InvalidItemException when the record is not an item
   */
  @Nullable Map<String, AttributeValue> parse(byte[] record) throws InvalidItemException;
}
