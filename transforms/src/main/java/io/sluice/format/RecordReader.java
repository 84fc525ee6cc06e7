/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import io.sluice.failure.PayloadFormat;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Origin;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the records of a slice of a file, one by one. Not thread-safe. */
public interface RecordReader extends Closeable {

  /** Goes to the next record of the slice; false when there is none. */
  boolean next() throws IOException;

  /** Where the current record comes from: the offset is its first byte, or how many are before. */
  Origin origin();

  /** The current record as bytes: what a made key is computed from, and a rejection keeps. */
  byte[] record();

  /** What {@link #record} is written in. */
  PayloadFormat recordFormat();

  /**
   * Whether {@link #record} loses what the item has, types above all: then a rejection keeps the
   * item, once there is one.
   */
  default boolean isPoorerThanItem() {
    return false;
  }

  /** Whether the current record has its key, even if keys are made; so for an item of a replay. */
  default boolean isKeyed() {
    return false;
  }

  /** The first of the columns that the file names; null when it has none. */
  default @Nullable String firstColumn() {
    return null;
  }

  /**
   * The kind of change records that are at the beginning of the file, before any was read; null
   * when there are none, or the format does not tell.
   */
  default @Nullable String changes() throws IOException {
    return null;
  }

  /**
   * Makes an item of the current record.
   *
   * @return its attributes in a map that may be changed, or null when the record is to be skipped
   * @throws InvalidItemException when the record is no item
   */
  @Nullable Map<String, AttributeValue> parse() throws InvalidItemException;
}
