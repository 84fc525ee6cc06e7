/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.stream;

import io.sluice.item.InvalidItemException;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Makes an item of one record. */
@FunctionalInterface
public interface RecordParser {

  /** The names of the fields that the head of the file says; empty for a format without such. */
  default List<String> columns() {
    return List.of();
  }

  /**
   * Makes an item of one record.
   *
   * @param record the record's bytes without its line end
   * @return the item's attributes in a map that may be changed, or null when the record is to be
   *     skipped, such as a blank line
   * @throws InvalidItemException when the record is no item
   */
  @Nullable Map<String, AttributeValue> parse(byte[] record) throws InvalidItemException;
}
