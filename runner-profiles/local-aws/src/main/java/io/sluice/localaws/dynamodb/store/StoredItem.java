/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import io.sluice.localaws.dynamodb.value.ItemCodec;
import io.sluice.localaws.dynamodb.value.Sizes;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.Map;

/**
 * Holds an item as it is stored: its size in three bytes, and what {@link ItemCodec} makes of it.
 *
 * <p>The item is decoded when it is first asked for.
 */
public final class StoredItem {

  private static final int SIZE_BYTES = 3;

  private final byte[] bytes;
  // Threads that decode it at the same time decode the same.
  private Map<String, Value> item;

  private StoredItem(byte[] bytes, Map<String, Value> item) {
    this.bytes = bytes;
    this.item = item;
  }

  /** Encodes and measures an item. */
  public static StoredItem of(Map<String, Value> item) {
    return of(item, Sizes.of(item));
  }

  /**
   * Encodes an item.
   *
   * @param size what {@link Sizes#of(Map)} says of it, less than 16 MiB
   */
  public static StoredItem of(Map<String, Value> item, long size) {
    if (size < 0 || size >>> (8 * SIZE_BYTES) != 0) {
      throw new IllegalArgumentException("size is " + size + ", must be less than 16 MiB");
    }
    byte[] bytes = ItemCodec.encode(item, SIZE_BYTES);
    bytes[0] = (byte) (size >>> 16);
    bytes[1] = (byte) (size >>> 8);
    bytes[2] = (byte) size;
    return new StoredItem(bytes, item);
  }

  /** Wraps what {@link #bytes} gave. */
  public static StoredItem wrap(byte[] bytes) {
    return new StoredItem(bytes, null);
  }

  /** Gives the size of the item, as the service measures it. */
  public int size() {
    return size(bytes);
  }

  /** Reads the size at the start of what {@link #bytes} gave. */
  static int size(byte[] stored) {
    return (stored[0] & 0xFF) << 16 | (stored[1] & 0xFF) << 8 | (stored[2] & 0xFF);
  }

  /**
   * Gives the bytes that have the encoded item, from {@link #offset} to their end; nobody may
   * change them.
   */
  public byte[] bytes() {
    return bytes;
  }

  /** Says where in {@link #bytes} the encoded item begins. */
  public int offset() {
    return SIZE_BYTES;
  }

  /** Gives the item. */
  public Map<String, Value> item() {
    Map<String, Value> decoded = item;
    if (decoded == null) {
      decoded = ItemCodec.decode(bytes, SIZE_BYTES);
      item = decoded;
    }
    return decoded;
  }
}
