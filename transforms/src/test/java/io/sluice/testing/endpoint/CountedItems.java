/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import org.checkerframework.checker.nullness.qual.Nullable;

/** Drops the items, and at most remembers which there were. */
final class CountedItems implements ItemStore {
  private final ItemReader reader;
  private final @Nullable LongSet hashes;

  CountedItems(EndpointSettings settings, @Nullable LongSet hashes) {
    this.reader = new CountingItemReader(settings.table(), settings.poison());
    this.hashes = hashes;
  }

  @Override
  public ItemReader reader() {
    return reader;
  }

  @Override
  public int sizeBefore(Put put) {
    return 0;
  }

  @Override
  public synchronized void put(Put put, byte[] body) {
    if (hashes != null) {
      var unused = hashes.add(put.hash());
    }
  }

  @Override
  public synchronized long size() {
    return hashes == null ? -1 : hashes.size();
  }

  @Override
  public long bytes() {
    return -1;
  }

  @Override
  public synchronized void clear() {
    if (hashes != null) {
      hashes.clear();
    }
  }

  @Override
  public @Nullable ReadableItems readable() {
    return null;
  }
}
