/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

/**
 * The meaning of a first column named {@code Op} that contains only I, U and D, and of a column
 * named {@code eventName} that contains only INSERT, MODIFY and REMOVE.
 */
public enum OpColumn {
  /** The operation of a change, such as AWS DMS captures: such files are refused. */
  CHANGES,
  /** An attribute like any other. */
  ATTRIBUTE
}
