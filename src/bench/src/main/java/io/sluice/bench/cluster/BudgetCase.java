/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.cluster;

/** What a job reads, and what happens meanwhile. */
public enum BudgetCase {
  /** An import of many files. */
  FILES("16 files"),
  /** An import of one file that only one worker can read. */
  GZIP("one gzip"),
  /** An import of items that have one partition key. */
  HOT("one partition key"),
  /** An export. */
  READ("an export"),
  /** An import of many files, of which one worker is killed after 30 s. */
  KILLED("one of two workers is killed"),
  /** An import of many files, with half of the capacity after 20 s and all of it after 40 s. */
  CHANGED("the capacity is halved, and doubled again");

  private final String text;

  BudgetCase(String text) {
    this.text = text;
  }

  /** Describes it in a table. */
  public String text() {
    return text;
  }
}
