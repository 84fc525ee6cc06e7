/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A hash of items without an order: the sum modulo 2^128 of the hash of each, which is the first 16
 * bytes of the SHA-256 of its canonical bytes. So it can be summed in any order and in parts, and
 * an item that is there twice counts twice. Two items have one hash when {@link ItemDiff} finds no
 * difference, and else, with a probability that can be neglected, two. It tells accidents, not
 * attacks: who may choose many items can make two sums equal.
 *
 * <p>The canonical bytes are those of {@link ItemCoder}, with numbers in their canonical spelling
 * and each element of a set once.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record ContentHash(long high, long low) implements Serializable {

  /** The hash of no items. */
  public static final ContentHash NONE = new ContentHash(0, 0);

  /**
   * Returns the hash of one valid item.
   *
   * @throws IllegalArgumentException when it is not valid
   */
  public static ContentHash of(Map<String, AttributeValue> item) {
    byte[] digest = sha256().digest(ItemCoder.toBytes(canonical(item)));
    return new ContentHash(longAt(digest, 0), longAt(digest, Long.BYTES));
  }

  /** Returns the hash of the items of both. */
  public ContentHash plus(ContentHash other) {
    long sum = low + other.low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    return new ContentHash(high + other.high + carry, sum);
  }

  /** Returns 32 hexadecimal digits. */
  @Override
  public String toString() {
    return "%016x%016x".formatted(high, low);
  }

  private static long longAt(byte[] bytes, int from) {
    long value = 0;
    for (int i = from; i < from + Long.BYTES; i++) {
      value = value << Byte.SIZE | bytes[i] & 0xFF;
    }
    return value;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Map<String, AttributeValue> canonical(Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> canonical = new HashMap<>();
    attributes.forEach((name, value) -> canonical.put(name, canonical(value)));
    return canonical;
  }

  private static AttributeValue canonical(AttributeValue value) {
    return switch (value.type()) {
      case N -> AttributeValue.fromN(ItemNumber.canonical(value.n()));
      case NS ->
          AttributeValue.fromNs(value.ns().stream().map(ItemNumber::canonical).distinct().toList());
      case SS -> AttributeValue.fromSs(value.ss().stream().distinct().toList());
      case BS -> AttributeValue.fromBs(value.bs().stream().distinct().toList());
      case L -> AttributeValue.fromL(value.l().stream().map(ContentHash::canonical).toList());
      case M -> AttributeValue.fromM(canonical(value.m()));
      default -> value;
    };
  }
}
