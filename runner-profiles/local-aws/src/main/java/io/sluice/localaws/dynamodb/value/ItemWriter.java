/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import io.sluice.localaws.dynamodb.value.ItemCodec.Tag;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Writes values into bytes: a tag, then lengths and integers of as few bytes as they need. */
final class ItemWriter {

  private static final int COMPACT_DIGITS = 18;
  private static final int SHORT_TEXT = 64;
  private static final int MAX_VARINT = 10;

  /** Is the largest number that one byte holds. */
  private static final int MAX_SINGLE = 127;

  private byte[] bytes = new byte[512];
  private int size;

  /** Starts behind {@code offset} zeros, at most 512. */
  ItemWriter(int offset) {
    this.size = offset;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Gives an item whose attributes were written behind the header and a byte for their count. */
  byte[] toItem(int count) {
    if (count <= MAX_SINGLE) {
      bytes[ItemCodec.HEADER] = (byte) count;
      return toArray();
    }
    ItemWriter moved = new ItemWriter(ItemCodec.HEADER);
    moved.integer(count);
    moved.bytes(bytes, ItemCodec.HEADER + 1, size - ItemCodec.HEADER - 1);
    return moved.toArray();
  }

  /** Says where the next value begins. */
  int position() {
    return size;
  }

  /** Takes back the value that begins at {@code begin}, the last one. */
  Value cutValue(int begin) {
    Value value = new ItemReader(bytes, begin).value();
    size = begin;
    return value;
  }

  void item(Map<String, Value> item) {
    if (item instanceof EncodedItem encoded) {
      byte[] inner = encoded.encoded();
      bytes(inner, ItemCodec.HEADER, inner.length - ItemCodec.HEADER);
      return;
    }
    integer(item.size());
    for (Map.Entry<String, Value> attribute : item.entrySet()) {
      text(attribute.getKey());
      value(attribute.getValue());
    }
  }

  void value(Value value) {
    if (value instanceof Value.S s) {
      tag(Tag.STRING);
      text(s.text());
    } else if (value instanceof Value.N n) {
      number(n.number());
    } else if (value instanceof Value.M m) {
      tag(Tag.MAP);
      item(m.values());
    } else if (value instanceof Value.L l) {
      tag(Tag.LIST);
      integer(l.values().size());
      l.values().forEach(this::value);
    } else if (value instanceof Value.Bool bool) {
      tag(bool.bool() ? Tag.TRUE : Tag.FALSE);
    } else if (value instanceof Value.Null) {
      tag(Tag.NULL);
    } else if (value instanceof Value.B b) {
      tag(Tag.BYTES);
      array(b.bytes().array());
    } else {
      set(value);
    }
  }

  private void set(Value value) {
    if (value instanceof Value.SS ss) {
      tag(Tag.STRINGS);
      integer(ss.texts().size());
      ss.texts().forEach(this::text);
    } else if (value instanceof Value.NS ns) {
      tag(Tag.NUMBERS);
      integer(ns.numbers().size());
      ns.numbers().forEach(this::number);
    } else if (value instanceof Value.BS bs) {
      tag(Tag.BINARIES);
      integer(bs.binaries().size());
      bs.binaries().forEach(binary -> array(binary.array()));
    }
  }

  /** Writes a number of at most 18 digits, without trailing zeros. */
  void number(long unscaled, int scale) {
    tag(Tag.NUMBER);
    signed(scale);
    signed(unscaled);
  }

  void number(BigDecimal number) {
    if (number.precision() <= COMPACT_DIGITS) {
      number(number.unscaledValue().longValue(), number.scale());
    } else {
      tag(Tag.WIDE_NUMBER);
      signed(number.scale());
      array(number.unscaledValue().toByteArray());
    }
  }

  /** Writes a text, and counts its bytes in UTF-8. */
  int text(String text) {
    if (shortAscii(text)) {
      return text.length();
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    array(utf8);
    return utf8.length;
  }

  /** Writes a string value, and counts its bytes in UTF-8. */
  int string(char[] text, int from, int length) {
    tag(Tag.STRING);
    int begin = size;
    integer(length);
    reserve(length);
    byte[] target = bytes;
    int to = size;
    for (int i = 0; i < length; i++) {
      char c = text[from + i];
      if (c >= 0x80) {
        size = begin;
        return text(new String(text, from, length));
      }
      target[to++] = (byte) c;
    }
    size = to;
    return length;
  }

  /** Writes a text of the most common kind without a copy of it; reports whether it was one. */
  private boolean shortAscii(String text) {
    int length = text.length();
    if (length > SHORT_TEXT) {
      return false;
    }
    reserve(length + 1);
    bytes[size] = (byte) length;
    int at = size + 1;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return false;
      }
      bytes[at++] = (byte) c;
    }
    size = at;
    return true;
  }

  private void array(byte[] array) {
    integer(array.length);
    bytes(array, 0, array.length);
  }

  private void bytes(byte[] array, int from, int length) {
    reserve(length);
    System.arraycopy(array, from, bytes, size, length);
    size += length;
  }

  private void tag(int tag) {
    reserve(1);
    bytes[size++] = (byte) tag;
  }

  /** Writes small negative numbers in few bytes too. */
  private void signed(long value) {
    integer(value << 1 ^ value >> 63);
  }

  /** Writes seven bits a byte, the lowest first. */
  private void integer(long value) {
    reserve(MAX_VARINT);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
