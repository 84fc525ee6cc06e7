/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.codec;

import java.util.Arrays;

/**
 * Reads what {@link ByteWriter} wrote. Every length is checked against the remaining bytes, so that
 * corrupt bytes cost no more memory than they take themselves.
 *
 * <p>Every method throws IllegalArgumentException when the bytes are corrupt.
 */
public final class ByteReader {
  private final byte[] bytes;
  private final int end;
  private int at;

  public ByteReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /** Reads a part of an array, from byte {@code from} to the one before {@code to}. */
  public ByteReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  public int remaining() {
    return end - at;
  }

  /** Returns a copy of the bytes that remain. */
  public byte[] copy() {
    return Arrays.copyOfRange(bytes, at, end);
  }

  public int readByte() {
    if (at == end) {
      throw CorruptBytes.because("they end early");
    }
    return bytes[at++];
  }

  int readVarInt() {
    int b = readByte();
    if (b >= 0) {
      return b;
    }
    int value = b & 0x7F;
    for (int shift = 7; shift < 35; shift += 7) {
      b = readByte();
      value |= (b & 0x7F) << shift;
      if (b >= 0) {
        // The fifth byte has room for 3 bits of a non-negative int.
        if (value < 0 || (shift == 28 && b > 7) || b == 0) {
          break;
        }
        return value;
      }
    }
    throw CorruptBytes.because("bad length");
  }

  /**
   * Reads a number of elements.
   *
   * @param least the minimum number of bytes of one element
   */
  public int readCount(int least) {
    int count = readVarInt();
    if (count > remaining() / least) {
      throw CorruptBytes.because("more elements than bytes");
    }
    return count;
  }

  public long readZigzag() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = readByte();
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw CorruptBytes.because("bad number");
  }

  public byte[] readBytes() {
    int length = readLength();
    byte[] value = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return value;
  }

  public String readString() {
    int length = readLength();
    String value = Utf8.decode(bytes, at, length);
    at += length;
    return value;
  }

  /** Reads a string that is likely to occur again. */
  public String readName() {
    return readName("");
  }

  /**
   * Reads a string that is likely to occur again.
   *
   * @param guess a likely string, which saves a look-up
   */
  public String readName(String guess) {
    int length = readLength();
    String value = isAscii(guess, length) ? guess : NameCache.get(bytes, at, length);
    at += length;
    return value;
  }

  /**
   * Whether these letters are next; false when one of them is beyond ASCII, whose bytes are
   * negative.
   */
  private boolean isAscii(String letters, int length) {
    if (letters.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (letters.charAt(i) != bytes[at + i]) {
        return false;
      }
    }
    return true;
  }

  /** Returns the array that is read from; not to be changed. */
  public byte[] array() {
    return bytes;
  }

  /** Skips bytes that {@link #readLength} counted, and returns where in the array they begin. */
  public int skip(int length) {
    int from = at;
    at += length;
    return from;
  }

  /** Reads the number of bytes that follow, which is at most the number that remain. */
  public int readLength() {
    int length = readVarInt();
    if (length > remaining()) {
      throw CorruptBytes.because("a length beyond their end");
    }
    return length;
  }
}
