/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import io.sluice.item.ItemCursor;

/** Converts an item's value to what a column of Avro holds. */
interface Cell {
  /**
   * Converts the next value.
   *
   * @return what Avro's generic writers accept for the column's type; {@link RecordWalk#NULL} for a
   *     NULL, about which the place of the value decides
   * @throws UnfitItemException when the value would not come back as it is
   */
  Object take(ItemCursor in, RecordWalk walk);
}
