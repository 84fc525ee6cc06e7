/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import io.sluice.localaws.dynamodb.value.ItemCodec.Tag;
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

/** Reads what {@link ItemWriter} has written. */
final class ItemReader extends ItemCursor {

  private static final int MAX_PRESIZED = 1024;

  ItemReader(byte[] bytes, int offset) {
    super(bytes, offset);
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

  Value value() {
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
      default -> throw unknown(tag);
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

  /** Passes over a value, and decodes nothing of it. */
  void skipValue() {
    int tag = next();
    switch (tag) {
      case Tag.STRING, Tag.BYTES -> skipBytes();
      case Tag.NUMBER -> {
        signed();
        signed();
      }
      case Tag.WIDE_NUMBER -> {
        signed();
        skipBytes();
      }
      case Tag.TRUE, Tag.FALSE, Tag.NULL -> {}
      case Tag.STRINGS, Tag.BINARIES -> skip(this::skipBytes);
      case Tag.NUMBERS, Tag.LIST -> skip(this::skipValue);
      case Tag.MAP ->
          skip(
              () -> {
                skipBytes();
                skipValue();
              });
      default -> throw unknown(tag);
    }
  }

  private void skip(Runnable element) {
    for (int left = count(); left > 0; left--) {
      element.run();
    }
  }

  private void skipBytes() {
    int length = count();
    at += length;
  }

  private static IllegalArgumentException unknown(int tag) {
    return new IllegalArgumentException("an encoded item has the tag " + tag);
  }
}
