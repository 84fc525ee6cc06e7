/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import io.sluice.item.ItemCursor;

/** Makes of an item's value what a column of Avro holds. */
interface Cell {
  /**
   * Takes the value that comes next.
   *
   * @return what Avro's generic writers take for the column's type; {@link RecordWalk#NULL} for a
   *     NULL, which the place of the value decides about
   * @throws UnfitItemException when the value would not come back as it is
   */
  Object take(ItemCursor in, RecordWalk walk);
}
