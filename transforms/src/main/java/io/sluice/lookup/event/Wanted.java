/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup.event;

/** Which events are kept. */
public enum Wanted {
  /** Those of whose key the table has an item. */
  PRESENT,
  /** Those of whose key the table has no item. */
  ABSENT,
  /** All of them, to be enriched by what the table has. */
  ANY;

  /** Whether an event is kept. */
  public boolean keeps(boolean isPresent) {
    return this == ANY || (this == PRESENT) == isPresent;
  }
}
