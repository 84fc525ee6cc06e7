/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

/**
 * What a job counts. At the end {@link #READ} equals the sum of all others and of the rejections.
 */
public enum Count {
  /** Records that were read, whatever became of them. */
  READ,
  /** Records that were passed over on purpose: blank lines, lines under the least length. */
  SKIPPED,
  /** Items that another item of the same primary key stands for. */
  DUPLICATES,
  /** Items that were not written because there were more rejections than allowed. */
  WITHHELD,
  /** Items that were not written because the time was up. */
  LEFT,
  /** Items that DynamoDB took, or that are in the files of a published snapshot. */
  WRITTEN,
  /** Items that a dry run did not write. */
  WRITABLE,
  /** Items that were compared with the table, which has the same. */
  MATCHED
}
