/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dedupe;

/** Which of the items of one primary key stays. */
public enum DuplicatePolicy {
  /** Every one: nothing is dropped, in no particular order. */
  NONE,
  /**
   * One of those that are the same in every attribute. Items of the same key that differ are
   * rejected but for the first by file and offset: which of them is right is not guessed.
   */
  DISTINCT,
  /** All but the first by file and offset are rejected, also those that are the same. */
  FAIL,
  /** The one with the greatest order attribute, then the last by file and offset. */
  LATEST,
  /** The one with the least order attribute, then the first by file and offset. */
  FIRST
}
