/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup.event;

import io.sluice.failure.PayloadFormat;
import io.sluice.format.RecordReader;
import io.sluice.item.InvalidItemException;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How the events of one file are read and written. Not for use by several threads. */
public interface EventForm {

  /** Returns what a file of events begins with: a header, or nothing. */
  byte[] head();

  /** Returns the format of records, for rejections. */
  PayloadFormat recordFormat();

  /** Returns the extension of files of events, with its dot. */
  String suffix();

  /**
   * Returns the key that the current record has.
   *
   * @return its attributes; null for a record that is passed over, such as a blank line
   * @throws InvalidItemException when the record is no event, or has no such key
   */
  @Nullable Map<String, AttributeValue> key(RecordReader records) throws InvalidItemException;

  /** Returns a record as it is written. */
  byte[] plain(byte[] record);

  /**
   * Returns a record with more.
   *
   * @param texts of the values that are added, as {@link AddedValues} makes them; null for none
   * @throws InvalidItemException when nothing can be added to it
   */
  byte[] enriched(byte[] record, List<@Nullable String> texts) throws InvalidItemException;
}
