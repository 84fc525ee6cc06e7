/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

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
