/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Goes through a structure of Thrift's compact protocol, which Parquet's footers and page headers
 * are in, and makes nothing of it. Each text and each list must fit into the bytes that are left,
 * since the readers of such structures make room for them before they read on.
 */
public final class CompactThrift {
  /** Takes the whole numbers and the booleans, 1 or 0, that a structure holds. */
  public interface Numbers {
    /**
     * Called for each number that is a few structures deep.
     *
     * @param path the numbers of the fields that lead to it, from the outermost, a byte each; the
     *     elements of a list have the path of the list
     */
    void number(long path, long value) throws IOException;
  }

  /** A footer's schema is a flat list, so its structures are a few deep. */
  private static final int MAX_LEVELS = 64;

  private static final int IN_HEADER = 15;
  private static final int TRUE = 1;
  private static final int FALSE = 2;

  /** The path of a field that is too deep for a path. */
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
   * Goes through a structure, to behind its end.
   *
   * @throws IOException when a size is beyond what is left, it is no such structure, or {@code
   *     numbers} throws it
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
        // A field that is a boolean has its value in its header.
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

  /** Numbers are stored with the sign in the lowest bit. */
  private static long signed(long zigzag) {
    return zigzag >>> 1 ^ -(zigzag & 1);
  }
}
