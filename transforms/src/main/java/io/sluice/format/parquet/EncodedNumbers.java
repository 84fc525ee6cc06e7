/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Walks numbers in Parquet's encodings without decoding them: runs (RLE) or deltas
 * (DELTA_BINARY_PACKED). Counts that the bytes cannot hold are refused.
 */
final class EncodedNumbers {
  /** Bit-packed numbers come in groups of this size. */
  private static final int GROUP = 8;

  /** The longest run of numbers that take no bits: 64 MiB once decoded. */
  private static final int MAX_EMPTY_RUN = 1 << 24;

  /** Wider levels are not counted; they stand for hundreds of nested lists. */
  private static final int MAX_COUNTED_WIDTH = 8;

  /** How many numbers a byte of a block's header may stand for; writers have 250 at most. */
  private static final int MAX_DELTA_GROWTH = 1 << 10;

  private static final int MAX_MINIBLOCKS = 1 << 10;

  private final ByteBuffer in;

  /** Starts at the buffer's position and advances it. */
  EncodedNumbers(ByteBuffer in) {
    this.in = in.order(ByteOrder.LITTLE_ENDIAN);
  }

  static IOException damaged() {
    return new IOException("a count beyond the page");
  }

  /**
   * Walks runs.
   *
   * @param width of a number in bits
   * @param count the maximum number of numbers wanted
   */
  void runs(int width, int count) throws IOException {
    runs(width, count, false, false);
  }

  /**
   * Walks runs of repetition levels.
   *
   * @param width of a level in bits
   * @param count of the levels
   * @param isBeginning whether the first has to be 0
   * @return how many are 0; 0 also where levels are too wide to count
   */
  long levels(int width, int count, boolean isBeginning) throws IOException {
    return runs(width, count, width <= MAX_COUNTED_WIDTH, isBeginning);
  }

  private long runs(int width, int count, boolean countZeros, boolean isBeginning)
      throws IOException {
    if (width > Integer.SIZE) {
      throw damaged();
    }
    long zeros = 0;
    long left = count;
    while (left > 0 && in.hasRemaining()) {
      int header = varint();
      boolean isPacked = (header & 1) == 1;
      long run = (header >>> 1) * (isPacked ? (long) GROUP : 1);
      long size = isPacked ? run / GROUP * width : (width + 7) / 8;
      if (run == 0 || isPacked && width == 0 && run > MAX_EMPTY_RUN) {
        throw damaged();
      }
      // The last group may be cut off after its last number.
      boolean isLast = isPacked && run < left + GROUP;
      need(isLast ? Math.max(0, Math.min(run, left) - GROUP) * width / 8 : size);
      int at = in.position();
      if (countZeros) {
        boolean isZero = (isPacked ? packed(at, width, 0) : in.get(at)) == 0;
        if (isBeginning && left == count && !isZero) {
          throw new IOException("a list that goes on before it begins");
        }
        int counted = (int) Math.min(run, left);
        zeros += isPacked ? zeros(at, width, counted) : isZero ? counted : 0;
      }
      in.position((int) Math.min(in.limit(), at + size));
      left -= run;
    }
    return zeros;
  }

  private int zeros(int at, int width, int count) {
    int zeros = 0;
    int i = 0;
    // Levels of lists that are not nested are single bits.
    for (; width == 1 && i + GROUP <= count && at + i / GROUP < in.limit(); i += GROUP) {
      zeros += GROUP - Integer.bitCount(in.get(at + i / GROUP) & 0xFF);
    }
    for (; i < count; i++) {
      if (packed(at, width, i) == 0) {
        zeros++;
      }
    }
    return zeros;
  }

  /** Returns one of the packed numbers, which lies in one byte or two. */
  private int packed(int at, int width, int i) {
    long bit = (long) i * width;
    int first = at + (int) (bit >>> 3);
    int bits = first < in.limit() ? in.get(first) & 0xFF : 0;
    if (first + 1 < in.limit()) {
      bits |= (in.get(first + 1) & 0xFF) << 8;
    }
    return bits >>> (bit & 7) & (1 << width) - 1;
  }

  /**
   * Walks numbers that are each stored as the difference to the one before.
   *
   * @param most the maximum count
   * @return the count
   */
  int deltas(int most) throws IOException {
    int block = varint();
    int miniblocks = varint();
    int count = varint();
    boolean isKnown =
        miniblocks > 0
            && miniblocks <= MAX_MINIBLOCKS
            && block > 0
            && block <= (miniblocks + 1) * MAX_DELTA_GROWTH
            && block % (miniblocks * GROUP) == 0;
    if (!isKnown || count < 0 || count > most) {
      throw damaged();
    }
    int size = block / miniblocks;
    varlong(Long.SIZE);
    for (long left = count - 1L; left > 0; ) {
      varlong(Long.SIZE);
      int widths = in.position();
      skip(miniblocks);
      for (int i = 0; i < miniblocks && left > 0; i++, left -= size) {
        int width = in.get(widths + i) & 0xFF;
        if (width > Long.SIZE) {
          throw damaged();
        }
        skip((long) width * size / 8);
      }
    }
    return count;
  }

  /** Reads a number of one byte. */
  int next() throws IOException {
    need(1);
    return in.get() & 0xFF;
  }

  /** Reads a size of four bytes, which must be no more than the bytes left. */
  int size() throws IOException {
    need(Integer.BYTES);
    int size = in.getInt();
    need(size);
    return size;
  }

  private int varint() throws IOException {
    return (int) varlong(Integer.SIZE);
  }

  private long varlong(int bits) throws IOException {
    long value = 0;
    for (int shift = 0; shift < bits; shift += 7) {
      int b = next();
      value |= (b & 0x7FL) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw damaged();
  }

  /** Skips bytes, which must be there. */
  void skip(long bytes) throws IOException {
    need(bytes);
    in.position(in.position() + (int) bytes);
  }

  /** Checks that this many bytes are left. */
  void need(long bytes) throws IOException {
    if (bytes < 0 || bytes > in.remaining()) {
      throw damaged();
    }
  }
}
