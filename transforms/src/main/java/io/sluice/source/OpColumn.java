/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

/** The meaning of a first column named {@code Op} that contains only I, U and D. */
public enum OpColumn {
  /** The operation of a change that AWS DMS captured: such files are refused. */
  CHANGES,
  /** An attribute like any other. */
  ATTRIBUTE
}
