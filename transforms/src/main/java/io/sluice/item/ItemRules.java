/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import io.sluice.item.codec.Utf8;
import io.sluice.item.codec.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Checks what DynamoDB would refuse, before it is asked: one bad item would fail a batch of 25.
 *
 * <p>Messages name attributes and limits, never a value.
 */
public final class ItemRules {
  /** The maximum size of an item: 400 KB. */
  public static final int MAX_ITEM_BYTES = 409_600;

  /** The maximum length of an attribute name, in bytes of UTF-8. */
  public static final int MAX_NAME_BYTES = 65_535;

  /**
   * The deepest level of a value. An attribute of the item is at level 1, so there is room for 31
   * lists or maps around a leaf.
   */
  public static final int MAX_LEVELS = 32;

  private final AttributePath path = new AttributePath();

  private ItemRules() {}

  /**
   * Checks the rules for every table.
   *
   * @throws InvalidItemException ATTRIBUTE_NAME, BAD_SET, NESTING, NOT_OF_TYPE, NOT_UTF8,
   *     NUMBER_RANGE or ITEM_TOO_LARGE
   */
  public static void check(Map<String, AttributeValue> item) throws InvalidItemException {
    new ItemRules().checkAttributes(item);
    int size = ItemSize.of(item);
    if (size > MAX_ITEM_BYTES) {
      throw new InvalidItemException(
          Reason.ITEM_TOO_LARGE,
          "the item is %d bytes; the limit is %d".formatted(size, MAX_ITEM_BYTES));
    }
  }

  /**
   * Checks the rules for every table, and the key.
   *
   * @return the item's key
   * @throws InvalidItemException as {@link #check(Map)} and {@link ItemKey#of}
   */
  public static ItemKey check(Map<String, AttributeValue> item, KeySchema schema)
      throws InvalidItemException {
    check(item);
    return ItemKey.of(item, schema);
  }

  private void checkAttributes(Map<String, AttributeValue> attributes) throws InvalidItemException {
    for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
      String name = attribute.getKey();
      checkName(name);
      path.push(name);
      checkValue(attribute.getValue());
      path.pop();
    }
  }

  private void checkName(@Nullable String name) throws InvalidItemException {
    if (name == null || name.isEmpty()) {
      throw path.invalid(Reason.ATTRIBUTE_NAME, "an attribute's name is empty");
    }
    int length = Utf8.length(name);
    if (length == Utf8.LONE_SURROGATE) {
      throw path.invalid(Reason.NOT_UTF8, "an attribute's name has a lone surrogate");
    }
    if (length > MAX_NAME_BYTES) {
      throw path.invalid(
          Reason.ATTRIBUTE_NAME,
          "an attribute's name is %d bytes long; the limit is %d"
              .formatted(length, MAX_NAME_BYTES));
    }
  }

  private void checkValue(@Nullable AttributeValue value) throws InvalidItemException {
    checkLevel(path);
    AttributeValue.Type type = Values.typeOf(value);
    if (value == null || type == null) {
      throw path.invalid(Reason.NOT_OF_TYPE, Values.NO_TYPE);
    }
    switch (type) {
      case S -> checkString(value.s());
      case N -> checkNumber(value.n());
      case SS -> checkStrings(value.ss());
      case NS -> checkNumbers(value.ns());
      case BS -> checkBinaries(value.bs());
      case L -> {
        int index = 0;
        for (AttributeValue element : value.l()) {
          path.push(index++);
          checkValue(element);
          path.pop();
        }
      }
      case M -> checkAttributes(value.m());
      default -> {}
    }
  }

  /** Checks the level of the value at a path. */
  public static void checkLevel(AttributePath path) throws InvalidItemException {
    if (path.depth() > MAX_LEVELS) {
      throw path.invalid(
          Reason.NESTING, "nested more than " + MAX_LEVELS + " levels deep, which is the limit");
    }
  }

  private void checkString(String s) throws InvalidItemException {
    if (Utf8.length(s) == Utf8.LONE_SURROGATE) {
      throw path.invalid(Reason.NOT_UTF8, "a string with a lone surrogate");
    }
  }

  private void checkNumber(String n) throws InvalidItemException {
    try {
      ItemNumber.checkSpelling(n);
    } catch (InvalidItemException e) {
      throw path.invalid(e.reason(), String.valueOf(e.getMessage()));
    }
  }

  private void checkStrings(List<String> elements) throws InvalidItemException {
    Set<String> seen = seen(elements);
    for (String element : elements) {
      checkString(present(element));
      checkNew(seen.add(element));
    }
  }

  private void checkNumbers(List<String> elements) throws InvalidItemException {
    Set<String> seen = seen(elements);
    for (String element : elements) {
      checkNumber(present(element));
      checkNew(seen.add(ItemNumber.canonical(element)));
    }
  }

  private void checkBinaries(List<SdkBytes> elements) throws InvalidItemException {
    Set<SdkBytes> seen = seen(elements);
    for (SdkBytes element : elements) {
      checkNew(seen.add(present(element)));
    }
  }

  private <T> Set<T> seen(List<T> elements) throws InvalidItemException {
    if (elements.isEmpty()) {
      throw path.invalid(Reason.BAD_SET, "an empty set");
    }
    return new HashSet<>(elements.size() * 2);
  }

  private <T> T present(@Nullable T element) throws InvalidItemException {
    if (element == null) {
      throw path.invalid(Reason.NOT_OF_TYPE, "an element of a set is null");
    }
    return element;
  }

  private void checkNew(boolean isNew) throws InvalidItemException {
    if (!isNew) {
      throw path.invalid(Reason.BAD_SET, "a set that holds an element twice");
    }
  }

  /**
   * Checks attributes that are keys of secondary indexes: an item without one is not in the index,
   * but DynamoDB refuses one of another type, or an empty one.
   *
   * @throws InvalidItemException KEY_TYPE or KEY_EMPTY
   */
  public static void checkIndexKeys(Map<String, AttributeValue> item, List<KeyAttribute> indexKeys)
      throws InvalidItemException {
    for (KeyAttribute key : indexKeys) {
      AttributeValue value = item.get(key.name());
      if (value == null) {
        continue;
      }
      if (!value.type().name().equals(key.type().name())) {
        throw new InvalidItemException(
            Reason.KEY_TYPE,
            "attribute '%s' is %s, but the key of an index is %s"
                .formatted(key.name(), value.type(), key));
      }
      boolean empty =
          switch (key.type()) {
            case S -> value.s().isEmpty();
            case B -> value.b().asByteArrayUnsafe().length == 0;
            case N -> false;
          };
      if (empty) {
        throw new InvalidItemException(
            Reason.KEY_EMPTY, "attribute '%s', a key of an index, is empty".formatted(key.name()));
      }
    }
  }
}
