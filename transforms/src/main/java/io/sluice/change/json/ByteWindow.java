/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.json;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Bytes of a stream by their offsets, of which those from a mark on are held. Not thread-safe. */
final class ByteWindow implements Closeable {
  static final int END = -1;

  private static final int FIRST_BYTES = 64 << 10;

  private final InputStream in;
  private byte[] buffer = new byte[FIRST_BYTES];

  /** The offset of the first byte in the buffer. */
  private long base;

  /** The offset from which on bytes are held. */
  private long mark;

  private int limit;
  private boolean isAtEnd;

  /**
   * @param in read to its end
   * @param offset of its first byte
   */
  ByteWindow(InputStream in, long offset) {
    this.in = in;
    this.base = offset;
    this.mark = offset;
  }

  /** Returns the byte at an offset that is not before the mark; {@link #END} behind the last. */
  int at(long offset) throws IOException {
    long index = offset - base;
    if (index < limit) {
      return buffer[(int) index] & 0xFF;
    }
    return fillTo(offset) ? buffer[(int) (offset - base)] & 0xFF : END;
  }

  private boolean fillTo(long offset) throws IOException {
    while (offset - base >= limit) {
      if (isAtEnd) {
        return false;
      }
      if (limit == buffer.length) {
        makeRoom();
      }
      int n = in.read(buffer, limit, buffer.length - limit);
      isAtEnd = n < 0;
      limit += Math.max(0, n);
    }
    return true;
  }

  private void makeRoom() {
    int unmarked = (int) (mark - base);
    if (unmarked > 0) {
      limit -= unmarked;
      System.arraycopy(buffer, unmarked, buffer, 0, limit);
      base = mark;
    }
    // At least half of the buffer is free then, so that bytes are rarely moved.
    if (limit > buffer.length / 2) {
      buffer = Arrays.copyOf(buffer, Math.multiplyExact(buffer.length, 2));
    }
  }

  /** Lets go of the bytes before an offset. */
  void mark(long offset) {
    mark = Math.max(mark, offset);
  }

  /** Returns the bytes between two offsets, none before the mark, that were read already. */
  byte[] bytes(long from, long to) {
    return Arrays.copyOfRange(buffer, (int) (from - base), (int) (to - base));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
