/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import io.sluice.change.record.Change;
import io.sluice.item.page.SourcedPage;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A part of a bucket of keys: a page of the base, or changes, or neither, which only says that the
 * bucket is there.
 *
 * @param page of the base
 * @param changes of items
 */
@DefaultCoder(BucketEntryCoder.class)
record BucketEntry(@Nullable SourcedPage page, List<Change> changes) {
  static final BucketEntry NOTHING = new BucketEntry(null, List.of());

  static BucketEntry of(SourcedPage page) {
    return new BucketEntry(page, List.of());
  }

  static BucketEntry of(List<Change> changes) {
    return new BucketEntry(null, changes);
  }
}
