/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.apache.beam.sdk.coders.DefaultCoder;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item and its origin: the element between the steps of an import.
 *
 * <p>The item is held in the bytes of {@link ItemCoder} and decoded on demand. An {@link
 * AttributeValue} map takes about ten times the memory, and the DirectRunner keeps whole bundles of
 * elements, and everything that waits in a shuffle, on the heap.
 */
@DefaultCoder(SourcedItemCoder.class)
public final class SourcedItem {
  private final Origin origin;
  private final byte[] encoded;

  public SourcedItem(Origin origin, byte[] encoded) {
    this.origin = origin;
    this.encoded = encoded;
  }

  /** Encodes an item; every string in it must be valid Unicode. */
  public static SourcedItem of(Origin origin, Map<String, AttributeValue> item) {
    return new SourcedItem(origin, ItemCoder.toBytes(item));
  }

  /** Encodes an item that comes from no file. */
  public static SourcedItem withoutOrigin(Map<String, AttributeValue> item) {
    return of(Origin.UNKNOWN, item);
  }

  public Origin origin() {
    return origin;
  }

  /** Decodes the item: a new map at each call. */
  public Map<String, AttributeValue> item() {
    return ItemCoder.fromBytes(encoded);
  }

  /** Whether the two have the same attributes, wherever they came from. */
  public boolean sameItem(SourcedItem other) {
    return Arrays.equals(encoded, other.encoded);
  }

  /**
   * Returns the item's attributes as a read-only value that equals another's when the attributes
   * do.
   */
  public ByteBuffer content() {
    return ByteBuffer.wrap(encoded).asReadOnlyBuffer();
  }

  /**
   * Returns the length of the encoded item in bytes, which is close to its size as DynamoDB counts
   * it.
   */
  public int bytes() {
    return encoded.length;
  }

  /** Returns the item in the bytes of {@link ItemCoder}; not to be changed. */
  public byte[] encoded() {
    return encoded;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SourcedItem other && origin.equals(other.origin) && sameItem(other);
  }

  @Override
  public int hashCode() {
    return 31 * origin.hashCode() + Arrays.hashCode(encoded);
  }

  /** Prints the origin and the size, never the contents: this may end up in a log. */
  @Override
  public String toString() {
    return "item of " + encoded.length + " bytes from " + origin;
  }
}
