/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import io.sluice.item.codec.ByteReader;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Checks the bytes of an item for what DynamoDB would refuse, faster than {@link ItemRules} does
 * and without giving a reason.
 */
public final class EncodedRules {
  /**
   * The longest item that is accepted, in bytes. No value takes more than twice its encoded length
   * by DynamoDB's count, so it is within {@link ItemRules#MAX_ITEM_BYTES}.
   */
  static final int MAX_BYTES = ItemRules.MAX_ITEM_BYTES / 2;

  /** The longest name that is accepted, in bytes. */
  static final int MAX_NAME_BYTES = 1024;

  private final ItemCursor in;
  private final ByteReader bytes;

  private EncodedRules(SourcedItem item) {
    this.in = ItemCursor.of(item);
    this.bytes = in.bytes();
  }

  /**
   * Whether an item surely keeps the rules that {@link ItemRules#check(java.util.Map)} checks.
   * False says nothing: the item may be a valid one that is large, or has a long name.
   *
   * @throws IllegalArgumentException when the bytes are not those of an item
   */
  public static boolean areKeptBy(SourcedItem item) {
    return item.bytes() <= MAX_BYTES && new EncodedRules(item).attributes(1);
  }

  private boolean attributes(int level) {
    for (int left = in.count(); left > 0; left--) {
      int length = bytes.readLength();
      bytes.skip(length);
      if (length == 0 || length > MAX_NAME_BYTES || !value(level)) {
        return false;
      }
    }
    return true;
  }

  private boolean value(int level) {
    if (level > ItemRules.MAX_LEVELS) {
      return false;
    }
    return switch (in.type()) {
      case N -> number();
      case SS, BS -> elements();
      case NS -> numbers();
      case L -> list(level + 1);
      case M -> attributes(level + 1);
      default -> {
        in.skip();
        yield true;
      }
    };
  }

  private boolean list(int level) {
    for (int left = in.count(); left > 0; left--) {
      if (!value(level)) {
        return false;
      }
    }
    return true;
  }

  private boolean number() {
    if (in.isPacked()) {
      in.skip();
      return true;
    }
    return isValid(in.number());
  }

  private static boolean isValid(String number) {
    try {
      ItemNumber.checkSpelling(number);
      return true;
    } catch (InvalidItemException e) {
      return false;
    }
  }

  /** Looks for an element that comes twice: they are sorted. */
  private boolean elements() {
    int count = in.count();
    int before = 0;
    int lengthBefore = -1;
    byte[] array = bytes.array();
    for (int left = count; left > 0; left--) {
      int length = bytes.readLength();
      int from = bytes.skip(length);
      if (length == lengthBefore
          && Arrays.equals(array, before, before + length, array, from, from + length)) {
        return false;
      }
      before = from;
      lengthBefore = length;
    }
    return count > 0;
  }

  /** Looks for a number that comes twice, in whatever spelling. */
  private boolean numbers() {
    int count = in.count();
    Set<String> seen = new HashSet<>();
    for (int left = count; left > 0; left--) {
      in.nextNumber();
      String number = in.number();
      if (!isValid(number) || !seen.add(ItemNumber.canonical(number))) {
        return false;
      }
    }
    return count > 0;
  }
}
