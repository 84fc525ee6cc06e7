/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Writes values into bytes: a tag, then lengths and integers of as few bytes as they need. */
final class ItemWriter {

  private static final int COMPACT_DIGITS = 18;
  private static final int SHORT_TEXT = 64;
  private static final int MAX_VARINT = 10;

  private byte[] bytes = new byte[256];
  private int size;

  /** Starts behind {@code offset} zeros, at most 256. */
  ItemWriter(int offset) {
    this.size = offset;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }

  void item(Map<String, Value> item) {
    integer(item.size());
    for (Map.Entry<String, Value> attribute : item.entrySet()) {
      text(attribute.getKey());
      value(attribute.getValue());
    }
  }

  private void value(Value value) {
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

  private void number(BigDecimal number) {
    if (number.precision() <= COMPACT_DIGITS) {
      tag(Tag.NUMBER);
      signed(number.scale());
      signed(number.unscaledValue().longValue());
    } else {
      tag(Tag.WIDE_NUMBER);
      signed(number.scale());
      array(number.unscaledValue().toByteArray());
    }
  }

  private void text(String text) {
    if (!shortAscii(text)) {
      array(text.getBytes(StandardCharsets.UTF_8));
    }
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
    reserve(array.length);
    System.arraycopy(array, 0, bytes, size, array.length);
    size += array.length;
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
