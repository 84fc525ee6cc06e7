/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

/** What becomes of the items that the simulated table takes. */
public enum Storage {
  /** They are kept as they came, checked by all of DynamoDB's rules, and can be read. */
  KEEP,

  /**
   * They are dropped; of each key a hash of 64 bits stays, 8 to 16 bytes an item. A key is compared
   * as it is spelled in the request: {@code 1} and {@code 1.0} are two.
   */
  DISTINCT,

  /** They are counted and dropped; how many of them were distinct is not known. */
  COUNT
}
