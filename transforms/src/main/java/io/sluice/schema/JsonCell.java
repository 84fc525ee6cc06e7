/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import io.sluice.item.ItemCursor;

/** Converts any value to DynamoDB JSON. */
final class JsonCell implements Cell {
  private final Slot slot;

  JsonCell(Slot slot) {
    this.slot = slot;
  }

  @Override
  public boolean take(ItemCursor in, RecordWalk walk) {
    return walk.json(in, slot);
  }

  /** Hands over a NULL, in a place where null stands for something else. */
  void takeNull() {
    RecordWalk.nullJson(slot);
  }
}
