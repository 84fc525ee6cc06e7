/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Checks the sizes in a structure of Thrift's compact protocol, which Parquet's footers are in:
 * each text and each list must fit into the bytes that are left, since the reader of the footer
 * makes room for them before it reads on.
 */
final class ThriftSizes {
  /** A footer's schema is a flat list, so its structures are a few deep. */
  private static final int MAX_LEVELS = 64;

  private static final int IN_HEADER = 15;

  private final ByteBuffer in;

  private ThriftSizes(ByteBuffer in) {
    this.in = in;
  }

  /**
   * Goes through a structure; what is behind it is not looked at.
   *
   * @throws IOException when a size is beyond what is left, or it is no such structure
   */
  static void check(ByteBuffer structure) throws IOException {
    new ThriftSizes(structure.duplicate()).structure(0);
  }

  private void structure(int level) throws IOException {
    if (level > MAX_LEVELS) {
      throw new IOException("too many levels");
    }
    for (int header = next(); header != 0; header = next()) {
      if (header >>> 4 == 0) {
        varint();
      }
      int type = header & 15;
      // Of a field, a boolean is in its header.
      if (type > 2) {
        value(type, level);
      }
    }
  }

  private void value(int type, int level) throws IOException {
    switch (type) {
      case 1, 2, 3 -> skip(1);
      case 4, 5, 6 -> varint();
      case 7 -> skip(Double.BYTES);
      case 8 -> skip(varint());
      case 9, 10 -> list(level);
      case 11 -> map(level);
      case 12 -> structure(level + 1);
      case 13 -> skip(16);
      default -> throw new IOException("a type that is not known");
    }
  }

  private void list(int level) throws IOException {
    int header = next();
    long size = header >>> 4 == IN_HEADER ? varint() : header >>> 4;
    fit(size);
    for (long i = 0; i < size; i++) {
      value(header & 15, level + 1);
    }
  }

  private void map(int level) throws IOException {
    long size = varint();
    fit(size);
    int types = size == 0 ? 0 : next();
    for (long i = 0; i < size; i++) {
      value(types >>> 4, level + 1);
      value(types & 15, level + 1);
    }
  }

  private int next() throws IOException {
    fit(1);
    return in.get() & 0xFF;
  }

  private void skip(long bytes) throws IOException {
    fit(bytes);
    in.position(in.position() + (int) bytes);
  }

  /** Every element takes a byte at least. */
  private void fit(long size) throws IOException {
    if (size < 0 || size > in.remaining()) {
      throw new IOException("a size beyond its end");
    }
  }

  private long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int b = next();
      value |= (b & 0x7FL) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw new IOException("a number of too many bytes");
  }
}
