/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dedupe;

import io.sluice.item.ItemCursor;
import io.sluice.item.ItemNumber;
import io.sluice.item.SourcedItem;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Comparators of items with the same key: the better one comes first. */
final class ItemOrder {
  /**
   * By file and offset. Items that come from no file have the same origin and are compared by
   * contents.
   */
  static final Comparator<SourcedItem> BY_ORIGIN =
      Comparator.comparing(SourcedItem::origin).thenComparing(SourcedItem::content);

  private ItemOrder() {}

  /** The greatest attribute wins, then the last by file and offset. */
  static Comparator<SourcedItem> latest(@Nullable String attribute) {
    Comparator<SourcedItem> lastFirst = BY_ORIGIN.reversed();
    return attribute == null
        ? lastFirst
        : byAttribute(
                attribute, Comparator.<AttributeValue>nullsFirst(ItemOrder::compare).reversed())
            .thenComparing(lastFirst);
  }

  /** The least attribute wins, then the first by file and offset. */
  static Comparator<SourcedItem> first(@Nullable String attribute) {
    return attribute == null
        ? BY_ORIGIN
        : byAttribute(attribute, Comparator.nullsLast(ItemOrder::compare)).thenComparing(BY_ORIGIN);
  }

  private static Comparator<SourcedItem> byAttribute(
      String attribute, Comparator<AttributeValue> order) {
    return (a, b) -> order.compare(orderOf(a, attribute), orderOf(b, attribute));
  }

  /**
   * Finds the attribute without decoding the others. Treats one of type NULL, which an empty field
   * may become, as a missing one.
   */
  private static @Nullable AttributeValue orderOf(SourcedItem item, String attribute) {
    ItemCursor in = ItemCursor.of(item);
    for (int left = in.count(); left > 0; left--) {
      boolean found = in.name(attribute).equals(attribute);
      AttributeValue.Type type = in.type();
      if (found) {
        return switch (type) {
          case S -> AttributeValue.fromS(in.string());
          case N -> AttributeValue.fromN(in.number());
          case B -> AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(in.binary()));
          case NUL -> null;
          default -> item.item().get(attribute);
        };
      }
      in.skip();
    }
    return null;
  }

  /** Compares as DynamoDB orders sort keys; values of different types by type. */
  private static int compare(AttributeValue a, AttributeValue b) {
    if (a.type() != b.type()) {
      return a.type().compareTo(b.type());
    }
    return switch (a.type()) {
      case N -> number(a).compareTo(number(b));
      case S -> Arrays.compareUnsigned(utf8(a), utf8(b));
      case B -> Arrays.compareUnsigned(a.b().asByteArrayUnsafe(), b.b().asByteArrayUnsafe());
      default -> 0;
    };
  }

  /**
   * Parses the canonical text, because a zero may have an exponent that BigDecimal does not read.
   */
  private static BigDecimal number(AttributeValue value) {
    return new BigDecimal(ItemNumber.canonical(value.n()));
  }

  private static byte[] utf8(AttributeValue value) {
    return value.s().getBytes(StandardCharsets.UTF_8);
  }
}
