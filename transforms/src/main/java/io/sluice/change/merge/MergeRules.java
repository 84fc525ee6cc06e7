/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import io.sluice.change.record.Change;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;

/** Says which of the changes of a key decides. */
sealed interface MergeRules extends Serializable {

  /** Returns the changes of a key, none yet. */
  KeyChanges ofKey();

  /** Returns the time of which the result is. */
  Instant time();

  /**
   * Changes of a feed, of which the longest prefix counts that is not later.
   *
   * @param baseEnd when the base was complete
   */
  record OfFeed(PointInTime asOf, Instant baseEnd) implements MergeRules {

    @Override
    public KeyChanges ofKey() {
      LastChange changes = new LastChange(asOf);
      return new KeyChanges() {
        @Override
        public void add(Change change) {
          changes.add(change);
        }

        @Override
        public Optional<Change> last() {
          if (changes.mayBeInBase(baseEnd.toEpochMilli())) {
            throw new IllegalStateException(
                "it is not known whether the base has a change from about the end of its scan, %s: the point in time must be %d s later, or the stream have old images"
                    .formatted(baseEnd, PointInTime.CLOCKS_MILLIS / 1000));
          }
          return changes.get();
        }

        @Override
        public boolean isTied() {
          return changes.isTied();
        }
      };
    }

    @Override
    public Instant time() {
      return asOf.instant();
    }
  }

  /** The last states of keys in windows of time, all of which count. */
  record OfWindows(WindowOrder order, Instant time) implements MergeRules {

    @Override
    public KeyChanges ofKey() {
      return new LastState(order);
    }
  }
}
