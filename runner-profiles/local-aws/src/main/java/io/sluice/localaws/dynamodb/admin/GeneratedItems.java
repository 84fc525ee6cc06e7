/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.admin;

import io.sluice.localaws.dynamodb.schema.KeyAttribute;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.value.Bytes;
import io.sluice.localaws.dynamodb.value.Sizes;
import io.sluice.localaws.dynamodb.value.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Makes items of a given size, always the same. Item i has as its partition key 12 digits, of 10^11
 * + i; its sort key, if there is one, is always the same. {@code data} fills it up with letters, so
 * that an item takes the room that its size tells; before that come {@code field2}, {@code field3}
 * and so on, a number of eight digits and eight letters in turn.
 *
 * @param count how many items there are
 * @param bytes the size of each, and at least that of its key and its fields; of numbers as keys,
 *     round ones take a little less
 * @param attributes how many each has besides its key: fields, and {@code data} as the last
 */
public record GeneratedItems(long count, int bytes, int attributes) {

  private static final long FIRST = 100_000_000_000L;
  private static final String FILLER = "data";
  private static final int FIELD_LENGTH = 8;

  public GeneratedItems {
    if (count < 0 || count > 8 * FIRST) {
      throw new IllegalArgumentException("items is " + count + ", must be 0 to 8 * 10^11");
    }
    if (bytes < 1 || bytes > Sizes.MAX_ITEM) {
      throw new IllegalArgumentException("bytes is " + bytes + ", must be 1 to " + Sizes.MAX_ITEM);
    }
    if (attributes < 1 || attributes > 100) {
      throw new IllegalArgumentException("attributes is " + attributes + ", must be 1 to 100");
    }
  }

  /** Puts all items into a table, past capacity and books. */
  public void fill(Table table) {
    KeySchema key = table.definition().key();
    LongStream.range(0, count).parallel().forEach(i -> table.store().put(item(i, key)));
  }

  /** Makes one of the items. */
  public Map<String, Value> item(long index, KeySchema schema) {
    SplittableRandom random = new SplittableRandom(index);
    Map<String, Value> item = key(index, schema);
    for (int i = 2; i <= attributes; i++) {
      item.put(
          "field" + i,
          i % 2 == 0
              ? number(letters(random, FIELD_LENGTH, '1', 9))
              : new Value.S(letters(random, FIELD_LENGTH, 'a', 16)));
    }
    // Zeros at the end of a number take nothing: every item is filled up as this one is.
    Map<String, Value> typical = new HashMap<>(item);
    typical.putAll(key(1, schema));
    int left = (int) (bytes - Sizes.of(typical) - FILLER.length());
    if (left > 0) {
      item.put(FILLER, new Value.S(letters(random, left, 'a', 16)));
    }
    return item;
  }

  private static Map<String, Value> key(long index, KeySchema schema) {
    Map<String, Value> key = new LinkedHashMap<>();
    schema.hash().forEach(part -> key.put(part.name(), value(part, FIRST + index)));
    schema.range().forEach(part -> key.put(part.name(), value(part, 0)));
    return key;
  }

  private static Value value(KeyAttribute attribute, long number) {
    String text = Long.toString(number);
    return switch (attribute.type()) {
      case S -> new Value.S(text);
      case N -> number(text);
      case B -> new Value.B(Bytes.of(text.getBytes(StandardCharsets.US_ASCII)));
    };
  }

  private static Value number(String digits) {
    return new Value.N(new BigDecimal(digits).stripTrailingZeros());
  }

  private static String letters(SplittableRandom random, int length, char first, int kinds) {
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) (first + random.nextInt(kinds));
    }
    return new String(text, StandardCharsets.US_ASCII);
  }
}
