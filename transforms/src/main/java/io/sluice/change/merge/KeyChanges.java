/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import io.sluice.change.record.Change;
import java.util.Optional;

/** Changes of one key, seen in any order and perhaps more than once, of which one decides. */
interface KeyChanges {

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
