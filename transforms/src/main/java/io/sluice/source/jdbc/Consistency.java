/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

/** What the rows that are read are consistent with. */
public enum Consistency {
  /** All slices see the rows of one moment, however often they are read. */
  SNAPSHOT,
  /** One statement reads all rows, so they are those of one moment. */
  STATEMENT,
  /** Each slice is a statement, and sees what was committed when that began. */
  STATEMENTS
}
