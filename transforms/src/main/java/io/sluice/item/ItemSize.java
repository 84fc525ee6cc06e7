/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import io.sluice.item.codec.Decimal;
import io.sluice.item.codec.Utf8;
import io.sluice.item.codec.Values;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Computes the size by which DynamoDB charges and limits an item, after "DynamoDB item sizes and
 * formats" in the AWS developer guide.
 *
 * <p>AWS gives the size of a number only "approximately"; for other types it is exact.
 */
public final class ItemSize {
  /** The maximum size of a number, in bytes. */
  static final int MAX_NUMBER_BYTES = 21;

  /** The size of a list or a map besides its contents, in bytes. */
  private static final long CONTAINER_BYTES = 3;

  private ItemSize() {}

  /**
   * Returns the size of an item in bytes: that of the UTF-8 names and the values; at most 2^31 - 1.
   *
   * @throws IllegalArgumentException when a value has no type or is NULL=false, or values are
   *     nested more than 100 levels deep
   */
  public static int of(Map<String, AttributeValue> item) {
    return (int) Math.min(Integer.MAX_VALUE, attributes(item, 1));
  }

  private static long attributes(Map<String, AttributeValue> attributes, int depth) {
    long size = 0;
    for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
      size += string(attribute.getKey()) + value(attribute.getValue(), depth);
    }
    return size;
  }

  private static long value(@Nullable AttributeValue value, int depth) {
    Values.checkDepth(depth);
    return switch (Values.requireType(value)) {
      case S -> string(value.s());
      case N -> number(value.n());
      case B -> binary(value.b());
      case BOOL, NUL -> 1;
      case SS -> {
        long size = 0;
        for (String element : value.ss()) {
          size += string(element);
        }
        yield size;
      }
      case NS -> {
        long size = 0;
        for (String element : value.ns()) {
          size += number(element);
        }
        yield size;
      }
      case BS -> {
        long size = 0;
        for (SdkBytes element : value.bs()) {
          size += binary(element);
        }
        yield size;
      }
      case L -> {
        long size = CONTAINER_BYTES + value.l().size();
        for (AttributeValue element : value.l()) {
          size += value(element, depth + 1);
        }
        yield size;
      }
      case M -> CONTAINER_BYTES + value.m().size() + attributes(value.m(), depth + 1);
      default -> throw new IllegalArgumentException(Values.NO_TYPE);
    };
  }

  private static long string(String s) {
    int length = Utf8.length(s);
    // A lone surrogate is refused elsewhere; here it just must not make the item smaller.
    return length == Utf8.LONE_SURROGATE ? 3L * s.length() : length;
  }

  private static int binary(SdkBytes bytes) {
    return bytes.asByteArrayUnsafe().length;
  }

  /**
   * Returns the size of a number in bytes: one for each pair of digits (pairs are aligned at the
   * point), one for its exponent, one when it is negative; 1 for zero, and at most 21. A text that
   * is not a number counts as 21.
   */
  static int number(String text) {
    Decimal number = Decimal.parse(text);
    if (number == null) {
      return MAX_NUMBER_BYTES;
    }
    if (number.isZero()) {
      return 1;
    }
    long pairs = Math.floorDiv(number.high(), 2) - Math.floorDiv(number.low(), 2) + 1;
    return (int) Math.min(MAX_NUMBER_BYTES, pairs + 1 + (number.negative() ? 1 : 0));
  }
}
