/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

/**
 * The counts of a job. At its end {@link #READ} equals the sum of all others and the rejections.
 */
public enum Count {
  /** Records that were read, whatever became of them. */
  READ,
  /** Records that were skipped on purpose: blank lines, lines shorter than the minimum length. */
  SKIPPED,
  /** Items dropped in favour of another item with the same primary key. */
  DUPLICATES,
  /** Items that were not written because there were more rejections than allowed. */
  WITHHELD,
  /** Items that were not written because the time was up. */
  LEFT,
  /** Items that DynamoDB accepted, or that are in the files of a published snapshot. */
  WRITTEN,
  /** Items that a dry run would have written. */
  WRITABLE,
  /** Items that are the same in the table. */
  MATCHED
}
