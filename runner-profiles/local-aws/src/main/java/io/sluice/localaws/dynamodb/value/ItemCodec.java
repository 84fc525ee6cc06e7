/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/**
 * Encodes items in compact bytes for this server's own storage; they are no interchange format.
 *
 * <p>Order and types come back as they were. A surrogate without its other half comes back as a
 * question mark, which is all that UTF-8 has for it.
 */
public final class ItemCodec {

  /** Is how many bytes items that are read from JSON have before their encoding. */
  static final int HEADER = 3;

  private ItemCodec() {}

  /** Numbers the types of values, and some of their common cases, in an encoded item. */
  static final class Tag {

    static final int STRING = 1;

    /** Has a scale and a coefficient of at most 18 digits. */
    static final int NUMBER = 2;

    /** Has a scale and a coefficient of any length. */
    static final int WIDE_NUMBER = 3;

    static final int BYTES = 4;
    static final int TRUE = 5;
    static final int FALSE = 6;
    static final int NULL = 7;
    static final int STRINGS = 8;
    static final int NUMBERS = 9;
    static final int BINARIES = 10;
    static final int LIST = 11;
    static final int MAP = 12;

    private Tag() {}
  }

  /** Gives a name as it comes back: names that come back as one must be one from the start. */
  static String name(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return new String(text.getBytes(UTF_8), UTF_8);
      }
    }
    return text;
  }

  /** Encodes an item. */
  public static byte[] encode(Map<String, Value> item) {
    return encode(item, 0);
  }

  /**
   * Encodes an item.
   *
   * @param offset how many bytes come before it, in which the caller may write what is the same
   *     each time that it encodes this item
   */
  public static byte[] encode(Map<String, Value> item, int offset) {
    if (offset == HEADER && item instanceof EncodedItem encoded) {
      return encoded.encoded();
    }
    ItemWriter writer = new ItemWriter(offset);
    writer.item(item);
    return writer.toArray();
  }

  /**
   * Decodes what {@link #encode} made.
   *
   * @throws IllegalArgumentException when it did not make them
   */
  public static Map<String, Value> decode(byte[] bytes) {
    return decode(bytes, 0);
  }

  /**
   * Decodes what {@link #encode} made.
   *
   * @param offset where the item begins, which ends where {@code bytes} end
   * @throws IllegalArgumentException when it did not make them
   */
  public static Map<String, Value> decode(byte[] bytes, int offset) {
    ItemReader reader = new ItemReader(bytes, offset);
    Map<String, Value> item = reader.item();
    reader.end();
    return item;
  }
}
