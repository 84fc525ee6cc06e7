/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import io.sluice.item.codec.ByteWriter;
import io.sluice.item.codec.ValueReader;
import io.sluice.item.codec.ValueWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.VarInt;
import org.apache.beam.sdk.values.TypeDescriptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Encodes items compactly and deterministically.
 *
 * <p>An item is encoded as its number of attributes, then the name and value of each, in the order
 * of the names. A value is one byte for its type, followed by its contents; the elements of a set
 * are sorted, since a set has no order. Counts and lengths are varints, strings are UTF-8. Numbers
 * keep their text: {@code 1.50} and {@code 1E+5} come back as they were written.
 *
 * <p>Unlike Beam's {@code AttributeValueCoder} it supports empty lists and maps
 * (apache/beam#39730), and two items with the same attributes have the same bytes whatever map
 * holds them. Compare items by these bytes, not by {@code equals}: the SDK's sets are lists.
 *
 * <p>The encoding has no version. It lives as long as a job does; files have formats of their own.
 *
 * <p>Values are followed 100 levels deep (DynamoDB allows 32).
 */
public final class ItemCoder extends AtomicCoder<Map<String, AttributeValue>> {
  private static final long serialVersionUID = 1L;
  private static final ItemCoder INSTANCE = new ItemCoder();
  private static final TypeDescriptor<Map<String, AttributeValue>> TYPE = new TypeDescriptor<>() {};

  private ItemCoder() {}

  public static ItemCoder of() {
    return INSTANCE;
  }

  /**
   * Encodes an item.
   *
   * @throws IllegalArgumentException when a string has a lone surrogate, a value has no type or is
   *     NULL=false, or values are nested more than 100 levels deep
   */
  public static byte[] toBytes(Map<String, AttributeValue> item) {
    return ValueWriter.write(item).toBytes();
  }

  /**
   * Decodes the bytes of {@link #toBytes} to a new map, in the order of the names.
   *
   * @throws IllegalArgumentException when the bytes are not those of an item
   */
  public static Map<String, AttributeValue> fromBytes(byte[] bytes) {
    return ValueReader.read(bytes);
  }

  @Override
  public void encode(Map<String, AttributeValue> item, OutputStream out) throws IOException {
    if (item == null) {
      throw new CoderException("cannot encode a null item");
    }
    ByteWriter bytes;
    try {
      bytes = ValueWriter.write(item);
    } catch (IllegalArgumentException e) {
      throw new CoderException("cannot encode an item: " + e.getMessage(), e);
    }
    VarInt.encode(bytes.size(), out);
    out.write(bytes.array(), 0, bytes.size());
  }

  @Override
  public Map<String, AttributeValue> decode(InputStream in) throws IOException {
    int length;
    try {
      length = VarInt.decodeInt(in);
    } catch (IOException e) {
      throw new CoderException("cannot decode an item: bad length", e);
    }
    if (length < 0) {
      throw new CoderException("cannot decode an item: negative length");
    }
    // Reads in pieces, so that a corrupt length does not allocate memory for bytes that are not
    // there.
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new CoderException("cannot decode an item: the bytes end early");
    }
    try {
      return fromBytes(bytes);
    } catch (IllegalArgumentException e) {
      throw new CoderException("cannot decode an item: " + e.getMessage(), e);
    }
  }

  @Override
  public void verifyDeterministic() {}

  /** Returns false: a set in another order is the same set, but not the same list to the SDK. */
  @Override
  public boolean consistentWithEquals() {
    return false;
  }

  @Override
  public TypeDescriptor<Map<String, AttributeValue>> getEncodedTypeDescriptor() {
    return TYPE;
  }

  private Object readResolve() {
    return INSTANCE;
  }
}
