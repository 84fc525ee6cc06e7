/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.page;

import io.sluice.item.Origin;
import io.sluice.item.SourcedItem;
import java.util.Arrays;

/**
 * An item within a decompressed page, which stays in memory with it.
 *
 * @param block the bytes of the page
 * @param from where the item begins in it
 * @param length of the item
 * @param file the file of its origin
 * @param offset the offset of its origin
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
public record PageItem(byte[] block, int from, int length, String file, long offset) {

  /** Returns a copy of the item. */
  public SourcedItem copy() {
    return new SourcedItem(
        new Origin(file, offset), Arrays.copyOfRange(block, from, from + length));
  }
}
