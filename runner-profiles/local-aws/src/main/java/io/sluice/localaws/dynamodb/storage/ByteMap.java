/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.storage;

import java.util.Iterator;
import java.util.Optional;

/**
 * Maps keys to values, in the unsigned order of the keys' bytes; a {@link Batch} changes it.
 *
 * <p>Nobody may change an array that goes in or comes out. Reads never wait for writes. An iterator
 * may or may not meet what is written while it goes on; what is there from its beginning to its end
 * is met once. It holds nothing that must be closed.
 */
public interface ByteMap {

  /** Holds a key and its value. */
  record Entry(byte[] key, byte[] value) {}

  /** Names the map in its storage. */
  String name();

  /** Finds the value of a key. */
  Optional<byte[]> get(byte[] key);

  /**
   * Reads a range, the least key first.
   *
   * @param from the first key
   * @param to the key before which the range ends; without it, the range ends with the map
   */
  Iterator<Entry> ascending(byte[] from, Optional<byte[]> to);

  /** Reads the range that {@link #ascending} reads, but the greatest key first. */
  Iterator<Entry> descending(byte[] from, Optional<byte[]> to);

  /** Adds up the entries that batches have said they add. */
  long entries();

  /** Adds up the weight that batches have said they add. */
  long weight();
}
