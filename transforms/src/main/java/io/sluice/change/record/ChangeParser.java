/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.record;

import io.sluice.item.InvalidItemException;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Parses single records of changes. Not thread-safe. */
@FunctionalInterface
public interface ChangeParser {

  /**
   * Parses one record.
   *
   * @param record its bytes
   * @return the change, without its origin; null when it is of a table that is left out
   * @throws InvalidItemException when the record is no change of the table; the message repeats no
   *     contents
   */
  @Nullable Change parse(byte[] record) throws InvalidItemException;
}
