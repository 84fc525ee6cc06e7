/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc.value;

/** The attribute that a column of JSON becomes. */
public enum JsonAs {
  /** Nested values: objects M, arrays L, null NULL, as the format JSON reads them. */
  NESTED,
  /** The text, as a string. */
  TEXT
}
