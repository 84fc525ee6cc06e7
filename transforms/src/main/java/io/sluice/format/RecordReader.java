/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import io.sluice.failure.PayloadFormat;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemDraft;
import io.sluice.item.Origin;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the records of a slice of a file, one by one. Not thread-safe. */
public interface RecordReader extends Closeable {

  /** Advances to the next record of the slice; false when there is none. */
  boolean next() throws IOException;

  /**
   * Returns the origin of the current record: the offset of its first byte, or the number of
   * records before it.
   */
  Origin origin();

  /**
   * Returns the current record as bytes, from which made keys are computed and which rejections
   * keep.
   */
  byte[] record();

  /**
   * Returns what ends the current record in its file and is not part of {@link #record}: LF or CR
   * LF; nothing at the end of a file, or where records are no lines.
   */
  default byte[] lineEnd() {
    return new byte[0];
  }

  /** Throws the reason when the current record is not whole; {@link #parse} does so too. */
  default void checkWhole() throws InvalidItemException {}

  /** Returns the format in which {@link #record} is written. */
  PayloadFormat recordFormat();

  /**
   * Whether {@link #record} loses information that the item has, types above all: a rejection then
   * keeps the item, if there is one.
   */
  default boolean isPoorerThanItem() {
    return false;
  }

  /**
   * Whether the current record already has its key, even if keys are made, as for a replayed item.
   */
  default boolean isKeyed() {
    return false;
  }

  /**
   * Returns the columns that the file names; empty when it has none, or is known to hold items and
   * nothing else.
   */
  default List<String> columns() {
    return List.of();
  }

  /**
   * Names the kind of change records at the beginning of the file, before any was read; null when
   * there are none, or the format cannot tell.
   */
  default @Nullable String changes() throws IOException {
    return null;
  }

  /**
   * Writes the item of the current record to a draft, which is {@linkplain ItemDraft#clear clear}
   * and is left without its {@linkplain ItemDraft#end end}, if the record is plainly one. The item
   * is then the one that {@link #parse} returns.
   *
   * @return false when only {@link #parse} finds out what the record is; the draft may then hold
   *     anything
   */
  default boolean draft(ItemDraft item) {
    return false;
  }

  /**
   * Parses the current record into an item.
   *
   * @return its attributes in a mutable map, or null when the record should be skipped
   * @throws InvalidItemException when the record is not an item
   */
  @Nullable Map<String, AttributeValue> parse() throws InvalidItemException;
}
