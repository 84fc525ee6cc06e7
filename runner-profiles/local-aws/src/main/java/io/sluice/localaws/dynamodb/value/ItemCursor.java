/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

/** Walks through what {@link ItemWriter} has written, and trusts no length beyond the end. */
class ItemCursor {

  final byte[] bytes;
  int at;

  /** Starts at {@code offset}. */
  ItemCursor(byte[] bytes, int offset) {
    this.bytes = bytes;
    this.at = offset;
  }

  /** Checks that nothing is left to read. */
  final void end() {
    if (at != bytes.length) {
      throw new IllegalArgumentException(
          "an encoded item has " + (bytes.length - at) + " more bytes than its attributes need");
    }
  }

  /** Reads a byte. */
  final int next() {
    if (at == bytes.length) {
      throw new IllegalArgumentException("an encoded item ends too early");
    }
    return bytes[at++];
  }

  /** Reads a number of bytes or of elements, each of which takes a byte at least. */
  final int count() {
    long count = integer();
    if (count < 0 || count > bytes.length - at) {
      throw new IllegalArgumentException(
          "an encoded item has a length of " + count + " where " + (bytes.length - at) + " remain");
    }
    return (int) count;
  }

  /** Reads a number that may be negative. */
  final long signed() {
    long value = integer();
    return value >>> 1 ^ -(value & 1);
  }

  private long integer() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = next();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("an encoded item has an integer of more than 64 bits");
  }
}
