/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import io.sluice.localaws.dynamodb.value.Value;
import java.util.Map;

/** Learns of each write to a table, before the next write to the same partition. */
@FunctionalInterface
public interface ChangeListener {

  /**
   * Takes a write, also one that leaves the item as it was.
   *
   * @param key the item's, of the table
   */
  void changed(Map<String, Value> key, Change change);
}
