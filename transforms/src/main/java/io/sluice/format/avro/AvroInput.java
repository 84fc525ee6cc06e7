/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.avro;

import io.sluice.format.columnar.ColumnarValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads Avro's binary encoding from memory. Whatever a damaged length says, it allocates no more
 * memory than there are bytes left.
 */
final class AvroInput {
  /**
   * Bounds elements that take no bytes at all, such as nulls, which the bytes left do not bound.
   */
  private static final int MAX_EMPTY_ELEMENTS = 1 << 20;

  /** The exception for a record that is intact but nested too deeply. */
  static final class TooDeepException extends IOException {
    private static final long serialVersionUID = 1L;

    TooDeepException() {
      super("it has a record of more than " + ColumnarValue.MAX_LEVELS + " levels");
    }
  }

  private final ByteBuffer in;
  private int levels;
  private long emptyElements;

  AvroInput(byte[] data) {
    in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
  }

  boolean isAtEnd() {
    return !in.hasRemaining();
  }

  long readLong() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte b = readByte();
      value |= (b & 0x7FL) << shift;
      if (b >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new IOException("a number of too many bytes");
  }

  long readInt() throws IOException {
    long value = readLong();
    if (value != (int) value) {
      throw new IOException("an int of too many bits");
    }
    return value;
  }

  /** Reads an index into a collection of the given size. */
  int readIndex(int size) throws IOException {
    long index = readLong();
    if (index < 0 || index >= size) {
      throw new IOException("an index out of bounds");
    }
    return (int) index;
  }

  boolean readBoolean() throws IOException {
    return switch (readByte()) {
      case 0 -> false;
      case 1 -> true;
      default -> throw new IOException("a boolean that is neither 0 nor 1");
    };
  }

  float readFloat() throws IOException {
    need(Float.BYTES);
    return in.getFloat();
  }

  double readDouble() throws IOException {
    need(Double.BYTES);
    return in.getDouble();
  }

  byte[] readBytes() throws IOException {
    return readFixed(readLong());
  }

  byte[] readFixed(long length) throws IOException {
    need(length);
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return bytes;
  }

  /** Reads the number of elements in the next block of an array or map; 0 after the last one. */
  long readCount() throws IOException {
    long count = readLong();
    if (count < 0) {
      // The size in bytes follows, for readers that skip the block.
      count = -count;
      readLong();
    }
    if (count < 0 || count > Math.max(in.remaining(), MAX_EMPTY_ELEMENTS - emptyElements)) {
      throw new IOException("a list that is longer than its block");
    }
    return count;
  }

  /** Returns how many bytes have been read. */
  int position() {
    return in.position();
  }

  /**
   * Counts elements that took no bytes, so that many short lists cannot expand a block further than
   * one long list may.
   *
   * @param start the position before the elements
   */
  void countEmpty(long elements, int start) throws IOException {
    emptyElements += Math.max(0, elements - (in.position() - start));
    if (emptyElements > MAX_EMPTY_ELEMENTS) {
      throw new IOException("more elements than its block can hold");
    }
  }

  /** Checks that a block can hold this many records: each takes a byte, or there are few. */
  void checkRecords(long count) throws IOException {
    if (count > Math.max(in.remaining(), MAX_EMPTY_ELEMENTS)) {
      throw new IOException("more records than its block can hold");
    }
  }

  /** Enters a nested level of a record. */
  void enter() throws IOException {
    if (++levels > ColumnarValue.MAX_LEVELS) {
      throw new TooDeepException();
    }
  }

  void leave() {
    levels--;
  }

  private byte readByte() throws IOException {
    need(1);
    return in.get();
  }

  private void need(long bytes) throws IOException {
    if (bytes < 0 || bytes > in.remaining()) {
      throw new IOException("a value that goes beyond its block");
    }
  }
}
