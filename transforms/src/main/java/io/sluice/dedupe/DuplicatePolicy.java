/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dedupe;

/** Which of the items with the same primary key to keep. */
public enum DuplicatePolicy {
  /** Keeps every item, in no particular order. */
  NONE,
  /**
   * Keeps one of several items that are equal in every attribute. If items with the same key
   * differ, all but the first by file and offset are rejected: the right one is not guessed.
   */
  DISTINCT,
  /** Rejects all but the first by file and offset, including equal ones. */
  FAIL,
  /** Keeps the one with the greatest order attribute, then the last by file and offset. */
  LATEST,
  /** Keeps the one with the least order attribute, then the first by file and offset. */
  FIRST
}
