/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.storage;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/**
 * Maps keys to values, in the unsigned order of the keys' bytes; a {@link Batch} changes it.
 *
 * <p>Nobody may change an array that goes in or comes out. Reads never wait for writes. An iterator
 * may or may not meet what is written while it goes on; what is there from its beginning to its end
 * is met once. It holds nothing that must be closed. Whoever reads a map that has been dropped,
 * also by an iterator from before, has a {@link DroppedMapException}, and not what is left of it.
 */
public interface ByteMap {

  /** Holds a key and its value. */
  record Entry(byte[] key, byte[] value) {}

  /**
   * Finds the first key after all those that start with {@code prefix}.
   *
   * @throws IllegalArgumentException if there is none because each byte is FF
   */
  static byte[] after(byte[] prefix) {
    int length = prefix.length;
    while (length > 0 && prefix[length - 1] == (byte) 0xFF) {
      length--;
    }
    if (length == 0) {
      throw new IllegalArgumentException("prefix must have a byte that is not FF");
    }
    byte[] end = Arrays.copyOf(prefix, length);
    end[length - 1]++;
    return end;
  }

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

  /** Adds up the entries that batches have said they add, until the map is dropped. */
  long entries();

  /** Adds up the weight that batches have said they add, until the map is dropped. */
  long weight();
}
