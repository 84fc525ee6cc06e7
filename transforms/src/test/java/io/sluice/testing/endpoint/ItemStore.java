/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import org.checkerframework.checker.nullness.qual.Nullable;

/** Where the items go that the table takes. Writes come one at a time. */
interface ItemStore {
  /** How the items of requests are read for this store. */
  ItemReader reader();

  /**
   * The size of the item that has this put's key already; 0 when there is none, or none is kept.
   */
  int sizeBefore(Put put);

  void put(Put put, byte[] body);

  /** How many items there are; -1 when that is not known. */
  long size();

  /** The bytes of all items; -1 when that is not known. */
  long bytes();

  void clear();

  /** The items for reading; null when they are not kept. */
  @Nullable ReadableItems readable();

  static ItemStore of(EndpointSettings settings) {
    return switch (settings.storage()) {
      case KEEP -> new KeptItems(settings);
      case DISTINCT -> new CountedItems(settings, new LongSet());
      case COUNT -> new CountedItems(settings, null);
    };
  }
}
