/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Walks a structure in Thrift's compact protocol, in which Parquet's footers and page headers are
 * encoded, without building objects. Every text and list must fit into the bytes that are left,
 * since readers of these structures allocate memory for them before reading on.
 */
public final class CompactThrift {
  /** Receives the integers and booleans (as 1 or 0) of a structure. */
  public interface Numbers {
    /**
     * Called for each number, at a depth of at most a few structures.
     *
     * @param path the field numbers that lead to it, outermost first, one byte each; elements of a
     *     list have the path of the list
     */
    void number(long path, long value) throws IOException;
  }

  /** A footer's schema is a flat list, so its structures are only a few levels deep. */
  private static final int MAX_LEVELS = 64;

  private static final int IN_HEADER = 15;
  private static final int TRUE = 1;
  private static final int FALSE = 2;

  /** The path of a field that is nested too deeply for a path. */
  private static final long DEEP = -1;

  private static final long LONGEST_PARENT = 1L << 40;
  private static final int MAX_FIELD = 0xFF;

  private final ByteBuffer in;
  private final Numbers numbers;

  private CompactThrift(ByteBuffer in, Numbers numbers) {
    this.in = in;
    this.numbers = numbers;
  }

  /**
   * Walks a structure up to its end.
   *
   * @throws IOException when a size exceeds the bytes left, when it is not such a structure, or
   *     when {@code numbers} throws it
   */
  public static void walk(ByteBuffer structure, Numbers numbers) throws IOException {
    new CompactThrift(structure, numbers).structure(0, 0);
  }

  private void structure(long path, int level) throws IOException {
    if (level > MAX_LEVELS) {
      throw new IOException("too many levels");
    }
    long field = 0;
    for (int header = next(); header != 0; header = next()) {
      field = header >>> 4 == 0 ? signed(varint()) : field + (header >>> 4);
      long below = below(path, field);
      int type = header & 15;
      if (type == TRUE || type == FALSE) {
        // The header of a boolean field contains its value.
        report(below, type == TRUE ? 1 : 0);
      } else {
        value(type, below, level);
      }
    }
  }

  private static long below(long path, long field) {
    boolean fits = path >= 0 && path < LONGEST_PARENT && field > 0 && field <= MAX_FIELD;
    return fits ? path << 8 | field : DEEP;
  }

  private void report(long path, long value) throws IOException {
    if (path != DEEP) {
      numbers.number(path, value);
    }
  }

  private void value(int type, long path, int level) throws IOException {
    switch (type) {
      case TRUE, FALSE, 3 -> skip(1);
      case 4, 5, 6 -> report(path, signed(varint()));
      case 7 -> skip(Double.BYTES);
      case 8 -> skip(varint());
      case 9, 10 -> list(path, level);
      case 11 -> map(path, level);
      case 12 -> structure(path, level + 1);
      case 13 -> skip(16);
      default -> throw new IOException("a type that is not known");
    }
  }

  private void list(long path, int level) throws IOException {
    int header = next();
    long size = header >>> 4 == IN_HEADER ? varint() : header >>> 4;
    fit(size);
    for (long i = 0; i < size; i++) {
      value(header & 15, path, level + 1);
    }
  }

  private void map(long path, int level) throws IOException {
    long size = varint();
    fit(size);
    int types = size == 0 ? 0 : next();
    for (long i = 0; i < size; i++) {
      value(types >>> 4, path, level + 1);
      value(types & 15, path, level + 1);
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

  /** Checks that a size fits: every element takes at least a byte. */
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

  /** Decodes zigzag, which has the sign in the lowest bit. */
  private static long signed(long zigzag) {
    return zigzag >>> 1 ^ -(zigzag & 1);
  }
}
