/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import io.sluice.change.record.Change;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** Changes of one key, seen in any order and perhaps more than once, of which one decides. */
interface KeyChanges {

  /**
   * The greater is the later. Of a tie a put is later than a delete, and the item with the greater
   * bytes later than the other: what comes out does not depend on the order of adding.
   */
  Comparator<Change> ORDER =
      Comparator.comparing(Change::sequence)
          .thenComparing(Change::kind, Comparator.reverseOrder())
          .thenComparing(Change::item, Arrays::compareUnsigned);

  /** Adds a change. */
  void add(Change change);

  /**
   * Returns the change that decides; empty if there is none.
   *
   * @throws IllegalStateException when that cannot be known
   */
  Optional<Change> last();

  /** Whether another change had the same place as that one, and made something else of the item. */
  boolean isTied();
}
