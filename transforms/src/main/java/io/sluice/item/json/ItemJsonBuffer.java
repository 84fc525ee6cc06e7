/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.item.ItemCursor;
import io.sluice.item.SourcedItem;
import io.sluice.item.codec.ByteReader;
import io.sluice.item.codec.CorruptBytes;
import io.sluice.item.codec.PackedNumber;
import io.sluice.item.codec.ValueTag;
import io.sluice.item.codec.Values;
import java.util.Arrays;
import java.util.Base64;

/**
 * A request body into which items are written as DynamoDB JSON, straight from the bytes that they
 * travel in, without maps or value objects, whose construction would be most of the cost of a write
 * (see the benchmarks in the documentation).
 *
 * <p>Not for use by several threads at once.
 */
public final class ItemJsonBuffer {
  private static final int INITIAL_CAPACITY = 1 << 10;
  private static final byte[] HEX = "0123456789abcdef".getBytes(ISO_8859_1);
  private static final byte[][] OPEN = new byte[ValueTag.M + 1][];
  private static final byte[] STRING_END = ascii("\"}");
  private static final byte[] LIST_END = ascii("]}");
  private static final int MAX_LONG_CHARS = 20;

  static {
    OPEN[ValueTag.S] = ascii("{\"S\":\"");
    OPEN[ValueTag.N_TEXT] = ascii("{\"N\":\"");
    OPEN[ValueTag.N_WHOLE] = OPEN[ValueTag.N_TEXT];
    OPEN[ValueTag.N_DECIMAL] = OPEN[ValueTag.N_TEXT];
    OPEN[ValueTag.B] = ascii("{\"B\":\"");
    OPEN[ValueTag.TRUE] = ascii("{\"BOOL\":true}");
    OPEN[ValueTag.FALSE] = ascii("{\"BOOL\":false}");
    OPEN[ValueTag.NULL] = ascii("{\"NULL\":true}");
    OPEN[ValueTag.SS] = ascii("{\"SS\":[");
    OPEN[ValueTag.NS] = ascii("{\"NS\":[");
    OPEN[ValueTag.BS] = ascii("{\"BS\":[");
    OPEN[ValueTag.L] = ascii("{\"L\":[");
    OPEN[ValueTag.M] = ascii("{\"M\":");
  }

  private byte[] bytes = new byte[INITIAL_CAPACITY];
  private int size;

  private static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /** Returns how many bytes were written. */
  public int size() {
    return size;
  }

  /** Discards everything after the first {@code size} bytes. */
  public void truncate(int size) {
    if (size < 0 || size > this.size) {
      throw new IllegalArgumentException("size is " + size + ", must be 0 to " + this.size);
    }
    this.size = size;
  }

  /** Returns the array that holds the {@link #size} bytes at its start; not a copy. */
  public byte[] array() {
    return bytes;
  }

  /** Writes plain ASCII text as it is. */
  public ItemJsonBuffer raw(String ascii) {
    ensure(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      bytes[size++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  /** Writes JSON that is already UTF-8. */
  public ItemJsonBuffer raw(byte[] json) {
    put(json);
    return this;
  }

  /**
   * Writes an item's typed attributes: {@code {"pk":{"S":"a"}}}.
   *
   * @throws IllegalArgumentException when the item's bytes are corrupt
   */
  public ItemJsonBuffer item(SourcedItem item) {
    return item(ItemCursor.of(item));
  }

  /**
   * Writes an item's typed attributes.
   *
   * @param item before its attributes
   * @throws IllegalArgumentException when the item's bytes are corrupt
   */
  public ItemJsonBuffer item(ItemCursor item) {
    ByteReader in = item.bytes();
    attributes(in, 1);
    if (in.remaining() > 0) {
      throw CorruptBytes.because("they go on after the item");
    }
    return this;
  }

  /**
   * Writes the next value, with its type: {@code {"S":"a"}}.
   *
   * @param in positioned before the value's type
   * @throws IllegalArgumentException when the item's bytes are corrupt
   */
  public ItemJsonBuffer value(ItemCursor in) {
    value(in.bytes(), 1);
    return this;
  }

  private void attributes(ByteReader in, int depth) {
    int count = in.readCount(2);
    put('{');
    for (int i = 0; i < count; i++) {
      put(i == 0 ? '"' : ',');
      if (i > 0) {
        put('"');
      }
      string(in);
      put('"');
      put(':');
      value(in, depth);
    }
    put('}');
  }

  private void value(ByteReader in, int depth) {
    Values.checkDepth(depth);
    int type = in.readByte();
    if (type < 0 || type >= OPEN.length) {
      throw CorruptBytes.because("no such type");
    }
    put(OPEN[type]);
    switch (type) {
      case ValueTag.S -> {
        string(in);
        put(STRING_END);
      }
      case ValueTag.N_TEXT, ValueTag.N_WHOLE, ValueTag.N_DECIMAL -> {
        number(in, type);
        put(STRING_END);
      }
      case ValueTag.B -> {
        binary(in);
        put(STRING_END);
      }
      case ValueTag.SS, ValueTag.NS, ValueTag.BS -> set(in, type);
      case ValueTag.L -> list(in, depth + 1);
      case ValueTag.M -> {
        attributes(in, depth + 1);
        put('}');
      }
      default -> {
        // TRUE, FALSE and NULL are written already.
      }
    }
  }

  private void list(ByteReader in, int depth) {
    int count = in.readCount(1);
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        put(',');
      }
      value(in, depth);
    }
    put(LIST_END);
  }

  private void set(ByteReader in, int type) {
    int count = in.readCount(1);
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        put(',');
      }
      put('"');
      switch (type) {
        case ValueTag.SS -> string(in);
        case ValueTag.NS -> number(in, in.readByte());
        default -> binary(in);
      }
      put('"');
    }
    put(LIST_END);
  }

  /** Writes the digits of a number, which DynamoDB expects as a string. */
  private void number(ByteReader in, int type) {
    switch (type) {
      case ValueTag.N_TEXT -> string(in);
      case ValueTag.N_WHOLE -> whole(in.readZigzag());
      case ValueTag.N_DECIMAL -> {
        int scale = in.readByte();
        raw(PackedNumber.text(in.readZigzag(), scale));
      }
      default -> throw CorruptBytes.because("a set of numbers holds no number");
    }
  }

  private void whole(long value) {
    PackedNumber.checkUnscaled(value);
    ensure(MAX_LONG_CHARS);
    long rest = Math.abs(value);
    int digits = 1;
    for (long power = 10; digits < MAX_LONG_CHARS - 2 && rest >= power; power *= 10) {
      digits++;
    }
    if (value < 0) {
      bytes[size++] = '-';
    }
    for (int at = size + digits - 1; at >= size; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
  }

  /**
   * Writes a string, which is UTF-8 already: only characters that JSON forbids within quotes
   * change.
   */
  private void string(ByteReader in) {
    int length = in.readLength();
    byte[] from = in.array();
    int at = in.skip(length);
    int end = at + length;
    ensure(length);
    byte[] out = bytes;
    int to = size;
    while (at < end) {
      byte b = from[at];
      if ((b >= 0 && b < 0x20) || b == '"' || b == '\\') {
        size = to;
        escaped(b);
        ensure(end - at);
        out = bytes;
        to = size;
      } else {
        out[to++] = b;
      }
      at++;
    }
    size = to;
  }

  private void escaped(int b) {
    put('\\');
    if (b == '"' || b == '\\') {
      put(b);
    } else {
      put('u');
      put('0');
      put('0');
      put(HEX[b >> 4]);
      put(HEX[b & 0xF]);
    }
  }

  private void binary(ByteReader in) {
    put(Base64.getEncoder().encode(in.readBytes()));
  }

  private void put(int b) {
    ensure(1);
    bytes[size++] = (byte) b;
  }

  private void put(byte[] b) {
    ensure(b.length);
    System.arraycopy(b, 0, bytes, size, b.length);
    size += b.length;
  }

  /** Makes room for so many bytes more, such as an earlier body took. */
  public void ensure(int more) {
    long needed = (long) size + more;
    if (needed > bytes.length) {
      long doubled = Math.min(2L * bytes.length, Integer.MAX_VALUE - 8);
      bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(needed, doubled)));
    }
  }
}
