/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.codec;

import java.util.Arrays;

/** A growable byte array, hand-written because it is on the hot path of every shuffle. */
public final class ByteWriter {
  private static final int MAX_VARINT_BYTES = 5;
  private static final int MAX_VARLONG_BYTES = 10;

  private byte[] bytes;
  private int size;

  public ByteWriter(int capacity) {
    bytes = new byte[capacity];
  }

  /** Returns the array written to, of which the first {@link #size} bytes count; not a copy. */
  public byte[] array() {
    return bytes;
  }

  public int size() {
    return size;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  public void writeByte(int b) {
    ensure(1);
    bytes[size++] = (byte) b;
  }

  /** Writes 7 bits a byte, low bits first; {@code v} is not negative. */
  public void writeVarInt(int v) {
    ensure(MAX_VARINT_BYTES);
    size = putVarInt(bytes, size, v);
  }

  /** Writes a signed number such that numbers near zero are short. */
  public void writeZigzag(long v) {
    ensure(MAX_VARLONG_BYTES);
    long rest = (v << 1) ^ (v >> 63);
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Writes the length and the bytes. */
  public void writeBytes(byte[] b) {
    writeBytes(b, 0, b.length);
  }

  /** Writes the length and this many bytes. */
  public void writeBytes(byte[] b, int offset, int length) {
    writeVarInt(length);
    writeRaw(b, offset, length);
  }

  /** Writes this many bytes, without their length. */
  public void writeRaw(byte[] b, int offset, int length) {
    ensure(length);
    System.arraycopy(b, offset, bytes, size, length);
    size += length;
  }

  /** Discards what was written behind the first bytes, of which {@code length} are kept. */
  public void truncate(int length) {
    size = length;
  }

  /** Discards what was written. */
  public void clear() {
    size = 0;
  }

  /** Writes a count in place of the single byte that was reserved for it. */
  public void setVarInt(int at, int v) {
    if (v > 0x7F) {
      int more = v < 1 << 14 ? 1 : v < 1 << 21 ? 2 : v < 1 << 28 ? 3 : 4;
      ensure(more);
      System.arraycopy(bytes, at + 1, bytes, at + 1 + more, size - at - 1);
      size += more;
    }
    putVarInt(bytes, at, v);
  }

  /** Writes a code point, which must not be a surrogate, in UTF-8. */
  public void writeCodePoint(int point) {
    ensure(4);
    if (point < 0x80) {
      bytes[size++] = (byte) point;
    } else if (point < 0x800) {
      bytes[size++] = (byte) (0xC0 | (point >> 6));
      bytes[size++] = (byte) (0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
      bytes[size++] = (byte) (0xE0 | (point >> 12));
      bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
      bytes[size++] = (byte) (0x80 | (point & 0x3F));
    } else {
      bytes[size++] = (byte) (0xF0 | (point >> 18));
      bytes[size++] = (byte) (0x80 | ((point >> 12) & 0x3F));
      bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
      bytes[size++] = (byte) (0x80 | (point & 0x3F));
    }
  }

  /**
   * Writes the length in UTF-8 and the UTF-8 bytes.
   *
   * @throws IllegalArgumentException when the string has a lone surrogate
   */
  public void writeString(String s) {
    int chars = s.length();
    ensure((long) chars + MAX_VARINT_BYTES);
    // Locals, because the compiler cannot know that the array does not change under us.
    byte[] out = bytes;
    int at = putVarInt(out, size, chars);
    for (int i = 0; i < chars; i++) {
      char c = s.charAt(i);
      if (c >= 0x80) {
        writeNonAscii(s);
        return;
      }
      out[at++] = (byte) c;
    }
    size = at;
  }

  private void writeNonAscii(String s) {
    int length = Utf8.length(s);
    if (length == Utf8.LONE_SURROGATE) {
      throw new IllegalArgumentException("a string has a lone surrogate, which has no UTF-8 form");
    }
    ensure((long) length + MAX_VARINT_BYTES);
    byte[] out = bytes;
    int at = putVarInt(out, size, length);
    int chars = s.length();
    for (int i = 0; i < chars; i++) {
      int c = s.charAt(i);
      if (c < 0x80) {
        out[at++] = (byte) c;
      } else if (c < 0x800) {
        out[at++] = (byte) (0xC0 | (c >> 6));
        out[at++] = (byte) (0x80 | (c & 0x3F));
      } else if (!Character.isSurrogate((char) c)) {
        out[at++] = (byte) (0xE0 | (c >> 12));
        out[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        out[at++] = (byte) (0x80 | (c & 0x3F));
      } else {
        int point = Character.toCodePoint((char) c, s.charAt(++i));
        out[at++] = (byte) (0xF0 | (point >> 18));
        out[at++] = (byte) (0x80 | ((point >> 12) & 0x3F));
        out[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        out[at++] = (byte) (0x80 | (point & 0x3F));
      }
    }
    size = at;
  }

  private static int putVarInt(byte[] out, int at, int v) {
    int rest = v;
    while ((rest & ~0x7F) != 0) {
      out[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    out[at++] = (byte) rest;
    return at;
  }

  private void ensure(long more) {
    long needed = size + more;
    if (needed > bytes.length) {
      if (needed > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException("an item is over 2 GB");
      }
      long doubled = Math.min(2L * bytes.length, Integer.MAX_VALUE - 8);
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, doubled));
    }
  }
}
