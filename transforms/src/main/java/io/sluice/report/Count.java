/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The counts of a job. At its end {@link #READ} equals the sum of the rejections and of all others
 * that are a part of it ({@link #whole}).
 */
public enum Count {
  /** Records that were read, whatever became of them. */
  READ(null),
  /** Records that were skipped on purpose: blank lines, lines shorter than the minimum length. */
  SKIPPED(READ),
  /** Items dropped in favour of another item with the same primary key. */
  DUPLICATES(READ),
  /** Changes of a key that changed again later. */
  SUPERSEDED(READ),
  /**
   * Items or events that were not written or deleted because there were more rejections or deletes
   * than allowed.
   */
  WITHHELD(READ),
  /** Items that were not written or deleted because the time was up. */
  LEFT(READ),
  /** Items that DynamoDB accepted, or that are in the files of a published snapshot. */
  WRITTEN(READ),
  /** Items that an earlier start of the same job has written, and that were not written again. */
  EARLIER(READ),
  /** Keys of which DynamoDB has no item any more, whether or not there was one. */
  DELETED(READ),
  /** Items that a dry run would have written. */
  WRITABLE(READ),
  /** Keys whose items a dry run would have deleted. */
  DELETABLE(READ),
  /** Items that are the same in the table. */
  MATCHED(READ),
  /** Items that were not written, because the table has them as they are. */
  UNCHANGED(READ),
  /** Events that a lookup keeps, and that are in the files of its result. */
  KEPT(READ),
  /** Events that a lookup leaves out, by what the table has. */
  DROPPED(READ),
  /** Keys whose last change is a delete, whatever became of it. */
  DELETES(null),
  /** Keys with several last changes that differ, of which a rule chose one. */
  TIES(null),
  /** Items that only the table has. Each is also one of the four that follow. */
  SURPLUS(null),
  /** Surplus items of which the table has none any more. */
  PRUNED(SURPLUS),
  /** Surplus items that a dry run would have deleted. */
  PRUNABLE(SURPLUS),
  /**
   * Surplus items that were changed before they could be deleted, or have more attributes than a
   * condition can compare, and so stay.
   */
  RETAINED(SURPLUS),
  /**
   * Surplus items that were not deleted, because the input is not complete or they are too many.
   */
  SPARED(SURPLUS);

  private final @Nullable Count whole;

  Count(@Nullable Count whole) {
    this.whole = whole;
  }

  /**
   * Returns the count that this one is a part of: all parts of a whole add up to it, those of
   * {@link #READ} together with the rejections. Null for a whole, and for what counts some records
   * a second time.
   */
  @Nullable Count whole() {
    return whole;
  }
}
