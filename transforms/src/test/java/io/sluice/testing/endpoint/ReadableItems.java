/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Items that can be read. */
interface ReadableItems {
  /**
   * An item of this key.
   *
   * @throws ServiceError when the key is not one of the table
   */
  @Nullable StoredItem get(ObjectNode key) throws ServiceError;

  /**
   * Adds the items of a segment that come after a key, until they are at an end or the page is
   * full.
   *
   * @param startKey null for the first page
   * @throws ServiceError when the key is not one of the table
   */
  void scan(int segment, int total, @Nullable ObjectNode startKey, Page page) throws ServiceError;
}
