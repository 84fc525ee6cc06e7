/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import io.sluice.item.ItemCursor;

/** Converts an item's value for a column. */
interface Cell {
  /**
   * Hands the next value over to the column's {@link Slot}.
   *
   * @return whether it did; not for a NULL, about which the place of the value decides
   * @throws UnfitItemException when the value would not come back as it is
   */
  boolean take(ItemCursor in, RecordWalk walk);
}
