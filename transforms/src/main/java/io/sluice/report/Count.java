/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

/**
 * The counts of a job. At its end {@link #READ} equals the sum of the rejections and of all others
 * but those that count some records a second time ({@link #isFate}).
 */
public enum Count {
  /** Records that were read, whatever became of them. */
  READ(false),
  /** Records that were skipped on purpose: blank lines, lines shorter than the minimum length. */
  SKIPPED,
  /** Items dropped in favour of another item with the same primary key. */
  DUPLICATES,
  /** Changes of a key that changed again later. */
  SUPERSEDED,
  /**
   * Items or events that were not written or deleted because there were more rejections or deletes
   * than allowed.
   */
  WITHHELD,
  /** Items that were not written or deleted because the time was up. */
  LEFT,
  /** Items that DynamoDB accepted, or that are in the files of a published snapshot. */
  WRITTEN,
  /** Keys of which DynamoDB has no item any more, whether or not there was one. */
  DELETED,
  /** Items that a dry run would have written. */
  WRITABLE,
  /** Keys whose items a dry run would have deleted. */
  DELETABLE,
  /** Items that are the same in the table. */
  MATCHED,
  /** Items that were not written, because the table has them as they are. */
  UNCHANGED,
  /** Events that a lookup keeps, and that are in the files of its result. */
  KEPT,
  /** Events that a lookup leaves out, by what the table has. */
  DROPPED,
  /** Keys whose last change is a delete, whatever became of it. */
  DELETES(false),
  /** Keys with several last changes that differ, of which a rule chose one. */
  TIES(false),
  /** Items that only the table has. Each is also one of the four that follow. */
  SURPLUS(false),
  /** Surplus items of which the table has none any more. */
  PRUNED(false),
  /** Surplus items that a dry run would have deleted. */
  PRUNABLE(false),
  /**
   * Surplus items that were changed before they could be deleted, or have more attributes than a
   * condition can compare, and so stay.
   */
  RETAINED(false),
  /**
   * Surplus items that were not deleted, because the input is not complete or they are too many.
   */
  SPARED(false);

  private final boolean isFate;

  Count() {
    this(true);
  }

  Count(boolean isFate) {
    this.isFate = isFate;
  }

  /** Whether it counts what became of records, each once. */
  boolean isFate() {
    return isFate;
  }
}
