/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import java.math.BigDecimal;
import java.util.Map;

/**
 * Measures values and items in bytes, as DynamoDB bills and limits them.
 *
 * <p>The rules are those of "DynamoDB item sizes and formats" in the developer guide. It says
 * "approximately" about numbers; their bytes are those that others have measured at the limit of
 * 400 KiB: one byte, one for each pair of decimal digits from the first to the last that is not
 * zero, where pairs count from the decimal point, and one for a minus sign.
 */
public final class Sizes {

  /** Limits an item, in bytes. */
  public static final int MAX_ITEM = 400 * 1024;

  /** Limits the level of a value: an attribute of an item is at 1, an element of its list at 2. */
  public static final int MAX_DEPTH = 32;

  /** Limits the levels of what the current layer of the service reads at all. */
  static final int MAX_CURRENT_DEPTH = 62;

  private static final int COLLECTION = 3;

  private Sizes() {}

  /** Adds up the attributes of an item. */
  public static long of(Map<String, Value> item) {
    if (item instanceof EncodedItem encoded) {
      return encoded.measured();
    }
    long size = 0;
    for (Map.Entry<String, Value> attribute : item.entrySet()) {
      size += of(attribute.getKey(), attribute.getValue());
    }
    return size;
  }

  /** Adds the bytes of an attribute's name and those of its value. */
  public static long of(String name, Value value) {
    return utf8(name) + of(value);
  }

  /** Measures a value without a name. */
  public static long of(Value value) {
    if (value instanceof Value.S s) {
      return utf8(s.text());
    }
    if (value instanceof Value.N n) {
      return of(n.number());
    }
    if (value instanceof Value.M m) {
      return COLLECTION + m.values().size() + of(m.values());
    }
    if (value instanceof Value.L l) {
      long size = COLLECTION + l.values().size();
      for (Value element : l.values()) {
        size += of(element);
      }
      return size;
    }
    if (value instanceof Value.B b) {
      return b.bytes().size();
    }
    return ofRare(value);
  }

  private static long ofRare(Value value) {
    long size = 0;
    if (value instanceof Value.SS ss) {
      for (String text : ss.texts()) {
        size += utf8(text);
      }
    } else if (value instanceof Value.NS ns) {
      for (BigDecimal number : ns.numbers()) {
        size += of(number);
      }
    } else if (value instanceof Value.BS bs) {
      for (Bytes bytes : bs.binaries()) {
        size += bytes.size();
      }
    } else {
      size = 1;
    }
    return size;
  }

  /** Measures a number without trailing zeros. */
  static int of(BigDecimal number) {
    return number.signum() == 0
        ? 1
        : ofNumber(number.precision(), -number.scale(), number.signum() < 0);
  }

  /** Measures a number that is not zero by its digits and the power of ten of the last one. */
  static int ofNumber(int digits, int last, boolean negative) {
    int first = last + digits - 1;
    int pairs = Math.floorDiv(first, 2) - Math.floorDiv(last, 2) + 1;
    return 1 + pairs + (negative ? 1 : 0);
  }

  /** Counts the bytes of {@code text} in UTF-8; a surrogate without its other half is one. */
  public static int utf8(String text) {
    int length = text.length();
    int size = length;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        continue;
      }
      if (c < 0x800) {
        size++;
      } else if (!Character.isSurrogate(c)) {
        size += 2;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        size += 2;
        i++;
      }
    }
    return size;
  }
}
