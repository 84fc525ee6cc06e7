/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import io.sluice.item.ItemCursor;

/** Converts any value to DynamoDB JSON. */
final class JsonCell implements Cell {
  @Override
  public Object take(ItemCursor in, RecordWalk walk) {
    return walk.json(in);
  }
}
