/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import java.io.Serializable;

/**
 * What a lookup came to.
 *
 * @param kept events that are kept
 * @param enriched events of them that something was added to
 * @param keysRead how many keys were read, since they were not known; of a whole table, its items
 * @param keysFound how many of those the table has
 * @param readUnits what DynamoDB reported for that; what attempts took that were lost is not in it
 */
public record LookupCounts(
    long kept, long enriched, long keysRead, long keysFound, double readUnits)
    implements Serializable {
  /** Nothing. */
  static final LookupCounts NONE = new LookupCounts(0, 0, 0, 0, 0);

  LookupCounts plus(LookupCounts other) {
    return new LookupCounts(
        kept + other.kept,
        enriched + other.enriched,
        keysRead + other.keysRead,
        keysFound + other.keysFound,
        readUnits + other.readUnits);
  }
}
