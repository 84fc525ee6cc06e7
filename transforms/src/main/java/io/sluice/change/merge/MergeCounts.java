/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import java.io.Serializable;

/**
 * Counts of a merge.
 *
 * @param base items of the base
 * @param untouched items of the base that no change has made another
 * @param replaced items of the base that have another item in their place
 * @param deleted items of the base that are gone
 * @param added items whose key the base did not have
 * @param withoutEffect keys that were deleted and are not in the base
 * @param ties keys whose last change is one of several that have the same place in the order and
 *     differ; counted among the others, too
 */
public record MergeCounts(
    long base,
    long untouched,
    long replaced,
    long deleted,
    long added,
    long withoutEffect,
    long ties)
    implements Serializable {
  public static final MergeCounts NONE = new MergeCounts(0, 0, 0, 0, 0, 0, 0);

  /** Adds up two. */
  public MergeCounts and(MergeCounts other) {
    return new MergeCounts(
        base + other.base,
        untouched + other.untouched,
        replaced + other.replaced,
        deleted + other.deleted,
        added + other.added,
        withoutEffect + other.withoutEffect,
        ties + other.ties);
  }

  /** Returns how many items the result has. */
  public long items() {
    return untouched + replaced + added;
  }

  /** Whether each item of the base has one of three fates. */
  public boolean addsUp() {
    return base == untouched + replaced + deleted;
  }
}
