/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Reads what {@link ItemWriter} has written, and trusts no length that is beyond the end. */
final class ItemReader {

  private static final int MAX_PRESIZED = 1024;

  private final byte[] bytes;
  private int at;

  ItemReader(byte[] bytes, int offset) {
    this.bytes = bytes;
    this.at = offset;
  }

  /** Checks that nothing is left to read. */
  void end() {
    if (at != bytes.length) {
      throw new IllegalArgumentException(
          "an encoded item has " + (bytes.length - at) + " more bytes than its attributes need");
    }
  }

  Map<String, Value> item() {
    int count = count();
    LinkedHashMap<String, Value> item = new LinkedHashMap<>(capacity(count));
    for (int i = 0; i < count; i++) {
      String name = text();
      item.put(name, value());
    }
    return Frozen.owned(item);
  }

  private Value value() {
    int tag = next();
    return switch (tag) {
      case Tag.STRING -> new Value.S(text());
      case Tag.NUMBER, Tag.WIDE_NUMBER -> new Value.N(number(tag));
      case Tag.BYTES -> new Value.B(binary());
      case Tag.TRUE -> Value.Bool.TRUE;
      case Tag.FALSE -> Value.Bool.FALSE;
      case Tag.NULL -> Value.Null.NULL;
      case Tag.STRINGS -> new Value.SS(set(this::text));
      case Tag.NUMBERS -> new Value.NS(set(() -> number(next())));
      case Tag.BINARIES -> new Value.BS(set(this::binary));
      case Tag.LIST -> list();
      case Tag.MAP -> new Value.M(item());
      default -> throw new IllegalArgumentException("an encoded item has the tag " + tag);
    };
  }

  private Value list() {
    Value[] values = new Value[count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value();
    }
    return new Value.L(List.of(values));
  }

  private <E> Set<E> set(Supplier<E> element) {
    int count = count();
    LinkedHashSet<E> set = new LinkedHashSet<>(capacity(count));
    for (int i = 0; i < count; i++) {
      set.add(element.get());
    }
    return Frozen.owned(set);
  }

  private static int capacity(int count) {
    return Math.min(count, MAX_PRESIZED) * 4 / 3 + 1;
  }

  private BigDecimal number(int tag) {
    int scale = Math.toIntExact(signed());
    if (tag == Tag.NUMBER) {
      return BigDecimal.valueOf(signed(), scale);
    }
    int length = count();
    BigInteger coefficient = new BigInteger(bytes, at, length);
    at += length;
    return new BigDecimal(coefficient, scale);
  }

  private String text() {
    int length = count();
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  private Bytes binary() {
    int length = count();
    Bytes binary = Bytes.wrap(Arrays.copyOfRange(bytes, at, at + length));
    at += length;
    return binary;
  }

  private int next() {
    if (at == bytes.length) {
      throw new IllegalArgumentException("an encoded item ends too early");
    }
    return bytes[at++];
  }

  /** Reads a number of bytes or of elements, each of which takes a byte at least. */
  private int count() {
    long count = integer();
    if (count < 0 || count > bytes.length - at) {
      throw new IllegalArgumentException(
          "an encoded item has a length of " + count + " where " + (bytes.length - at) + " remain");
    }
    return (int) count;
  }

  private long signed() {
    long value = integer();
    return value >>> 1 ^ -(value & 1);
  }

  private long integer() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = next();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("an encoded item has an integer of more than 64 bits");
  }
}
