/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * Holds an item that {@link ItemCodec} has encoded, and decodes no more of it than is looked at.
 *
 * <p>Most items of requests are stored as they are: only the attributes of keys are looked at.
 */
final class EncodedItem extends AbstractMap<String, Value> {

  private final byte[] bytes;
  private final int count;
  private final long size;
  // Threads that decode it at the same time decode the same.
  private Map<String, Value> decoded;
  // A key is asked for again and again while an item is checked and written.
  private Found latest;
  private Found earlier;

  /** Holds an attribute that was asked for. */
  private record Found(String name, Value value) {}

  /**
   * Takes over {@code bytes}.
   *
   * @param bytes the item behind {@link ItemCodec#HEADER} bytes that count for nothing
   * @param count of the attributes
   * @param size of the item, as {@link Sizes} measures it
   */
  EncodedItem(byte[] bytes, int count, long size) {
    this.bytes = bytes;
    this.count = count;
    this.size = size;
  }

  /** Gives the size, as {@link Sizes} measures it. */
  long measured() {
    return size;
  }

  /** Gives the encoded item, which nobody may change, behind {@link ItemCodec#HEADER} bytes. */
  byte[] encoded() {
    return bytes;
  }

  private Map<String, Value> decoded() {
    Map<String, Value> map = decoded;
    if (map == null) {
      map = ItemCodec.decode(bytes, ItemCodec.HEADER);
      decoded = map;
    }
    return map;
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public Value get(Object name) {
    Map<String, Value> map = decoded;
    if (map != null) {
      return map.get(name);
    }
    if (!(name instanceof String text)) {
      return null;
    }
    Found found = latest;
    if (found != null && found.name.equals(text)) {
      return found.value;
    }
    Found other = earlier;
    if (other != null && other.name.equals(text)) {
      return other.value;
    }
    Value value = find(text);
    earlier = found;
    latest = new Found(text, value);
    return value;
  }

  private Value find(String text) {
    if (!ItemCodec.name(text).equals(text)) {
      // No attribute has such a name, though one may be encoded alike.
      return null;
    }
    byte[] wanted = text.getBytes(UTF_8);
    ItemReader reader = new ItemReader(bytes, ItemCodec.HEADER);
    for (int left = reader.count(); left > 0; left--) {
      int length = reader.count();
      int begin = reader.at;
      reader.at += length;
      if (Arrays.equals(bytes, begin, begin + length, wanted, 0, wanted.length)) {
        return reader.value();
      }
      reader.skipValue();
    }
    return null;
  }

  @Override
  public boolean containsKey(Object name) {
    return get(name) != null;
  }

  @Override
  public Set<Entry<String, Value>> entrySet() {
    return decoded().entrySet();
  }
}
