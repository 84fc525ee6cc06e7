/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.slice;

import io.sluice.failure.Rejection;
import io.sluice.item.ItemKey;
import io.sluice.item.SourcedItem;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The result of reading one record: an item, a rejection, or neither if it was skipped.
 *
 * @param item the item, or null
 * @param key the item's key; null when items are not checked against one
 * @param rejection the rejection, or null
 */
public record ReadRecord(
    @Nullable SourcedItem item, @Nullable ItemKey key, @Nullable Rejection rejection) {
  private static final ReadRecord SKIPPED = new ReadRecord(null, null, null);

  /** Reports an item. */
  public static ReadRecord of(SourcedItem item, @Nullable ItemKey key) {
    return new ReadRecord(item, key, null);
  }

  /** Reports a record that is no item. */
  public static ReadRecord of(Rejection rejection) {
    return new ReadRecord(null, null, rejection);
  }

  /** Reports a record that is passed over. */
  public static ReadRecord skipped() {
    return SKIPPED;
  }
}
