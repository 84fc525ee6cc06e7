/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import io.sluice.change.record.Change;
import io.sluice.item.page.SourcedPage;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A part of a bucket of keys: a page of the base, or a change, or neither, which only says that the
 * bucket is there.
 *
 * @param page of the base
 * @param change of an item
 */
@DefaultCoder(BucketEntryCoder.class)
record BucketEntry(@Nullable SourcedPage page, @Nullable Change change) {
  static final BucketEntry NOTHING = new BucketEntry(null, null);

  static BucketEntry of(SourcedPage page) {
    return new BucketEntry(page, null);
  }

  static BucketEntry of(Change change) {
    return new BucketEntry(null, change);
  }
}
