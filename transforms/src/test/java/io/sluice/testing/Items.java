/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing;

import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemNumber;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Any item that DynamoDB takes, and items written by hand. */
public final class Items {
  private static final int MAX_LEVELS = 3;

  private Items() {}

  /** Any legal item: every type, nesting, empty values, Unicode, numbers over the whole range. */
  public static Arbitrary<Map<String, AttributeValue>> items() {
    // The odd values are drawn anyway; to combine them at every level takes jqwik very long.
    return maps(values(MAX_LEVELS), 5).withoutEdgeCases();
  }

  /** Any legal item of a table with this key. */
  public static Arbitrary<Map<String, AttributeValue>> items(KeySchema schema) {
    Arbitrary<Map<String, AttributeValue>> items = items();
    for (KeyAttribute key : schema.attributes()) {
      items =
          Combinators.combine(items, keyValues(key.type()))
              .as(
                  (item, value) -> {
                    Map<String, AttributeValue> keyed = new HashMap<>(item);
                    keyed.put(key.name(), value);
                    return keyed;
                  });
    }
    return items;
  }

  /** Any value that a key attribute of this type can have. */
  public static Arbitrary<AttributeValue> keyValues(KeyAttribute.Type type) {
    return switch (type) {
      case S -> strings().filter(s -> !s.isEmpty()).map(AttributeValue::fromS);
      case N -> numbers().map(AttributeValue::fromN);
      case B -> binaries().filter(b -> b.asByteArray().length > 0).map(AttributeValue::fromB);
    };
  }

  /** Any number, in any spelling. */
  public static Arbitrary<String> numbers() {
    Arbitrary<String> whole = Arbitraries.longs().map(String::valueOf);
    Arbitrary<String> small = Arbitraries.integers().between(-20, 20).map(String::valueOf);
    Arbitrary<String> decimal =
        Combinators.combine(
                Arbitraries.integers().between(-99999, 99999),
                Arbitraries.integers().between(0, 99))
            .as((a, b) -> a + "." + b);
    Arbitrary<String> any =
        Combinators.combine(
                Arbitraries.of("", "-", "+"),
                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(38),
                Arbitraries.integers().between(-1, 38),
                Arbitraries.of("", "e0", "E+5", "e-3", "E+87", "E125", "e-92", "E-130"))
            .as(Items::spell)
            .filter(Items::isNumber);
    Arbitrary<String> odd =
        Arbitraries.of(
            "-0",
            "0.0",
            "007",
            ".5",
            "5.",
            "+1",
            "1e5",
            "1.50",
            "0e125",
            "1E-130",
            "-1E-130",
            "9.9999999999999999999999999999999999999E+125",
            "-9.9999999999999999999999999999999999999E+125",
            "0.00000000000000000000000000000000000000000001",
            "123456789012345678",
            "1234567890123456789",
            "12345678901234567890123456789012345678000");
    return Arbitraries.oneOf(whole, small, decimal, any, odd);
  }

  private static String spell(String sign, String digits, int point, String exponent) {
    boolean pointed = point >= 0 && point <= digits.length();
    String mantissa = pointed ? digits.substring(0, point) + "." + digits.substring(point) : digits;
    return sign + mantissa + exponent;
  }

  private static boolean isNumber(String text) {
    try {
      ItemNumber.checkSpelling(text);
      return true;
    } catch (InvalidItemException e) {
      return false;
    }
  }

  /** Any string of Unicode code points, supplementary ones too, but no lone surrogates. */
  public static Arbitrary<String> strings() {
    Arbitrary<Integer> point =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.integers().between('a', 'z')),
            Tuple.of(1, Arbitraries.integers().between(0, 0x7F)),
            Tuple.of(1, Arbitraries.integers().between(0x80, 0xD7FF)),
            Tuple.of(1, Arbitraries.integers().between(0xE000, 0xFFFF)),
            Tuple.of(1, Arbitraries.integers().between(0x10000, 0x10FFFF)));
    return point
        .array(int[].class)
        .ofMaxSize(24)
        .map(points -> new String(points, 0, points.length));
  }

  private static Arbitrary<SdkBytes> binaries() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(16).map(SdkBytes::fromByteArray);
  }

  /** Values around which at most {@code levels} lists and maps are drawn at random. */
  private static Arbitrary<AttributeValue> values(int levels) {
    Arbitrary<AttributeValue> leaves =
        Arbitraries.frequencyOf(
            Tuple.of(12, scalars()),
            Tuple.of(4, sets()),
            Tuple.of(1, scalars().map(Items::nested)));
    if (levels == 0) {
      return leaves;
    }
    // Not Arbitraries.lazyOf: it fails now and then when a value is generated a second time.
    Arbitrary<AttributeValue> inner = values(levels - 1).withoutEdgeCases();
    return Arbitraries.frequencyOf(
        Tuple.of(4, leaves),
        Tuple.of(1, inner.list().ofMaxSize(3).map(AttributeValue::fromL)),
        Tuple.of(1, maps(inner, 3).map(AttributeValue::fromM)));
  }

  /** Deep, with room left for the lists and maps that this may end up in. */
  private static AttributeValue nested(AttributeValue leaf) {
    AttributeValue value = leaf;
    for (int i = 0; i < 20; i++) {
      value =
          i % 2 == 0
              ? AttributeValue.fromL(List.of(value))
              : AttributeValue.fromM(Map.of("m", value));
    }
    return value;
  }

  private static Arbitrary<AttributeValue> scalars() {
    return Arbitraries.oneOf(
        strings().map(AttributeValue::fromS),
        numbers().map(AttributeValue::fromN),
        binaries().map(AttributeValue::fromB),
        Arbitraries.of(true, false).map(AttributeValue::fromBool),
        Arbitraries.just(AttributeValue.fromNul(true)));
  }

  private static Arbitrary<AttributeValue> sets() {
    return Arbitraries.oneOf(
        strings().list().ofMinSize(1).ofMaxSize(4).uniqueElements().map(AttributeValue::fromSs),
        numbers()
            .list()
            .ofMinSize(1)
            .ofMaxSize(4)
            .uniqueElements(ItemNumber::canonical)
            .map(AttributeValue::fromNs),
        binaries().list().ofMinSize(1).ofMaxSize(4).uniqueElements().map(AttributeValue::fromBs));
  }

  private static Arbitrary<Map<String, AttributeValue>> maps(
      Arbitrary<AttributeValue> values, int max) {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of("a", "b", "Item", "S", "M", "count", "trip_id"),
            strings().filter(s -> !s.isEmpty()));
    return Arbitraries.maps(names, values).ofMaxSize(max);
  }

  /**
   * The same item with every map and set in one order, so that {@code equals} compares sets as
   * sets.
   */
  public static Map<String, AttributeValue> sorted(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> out = new TreeMap<>();
    item.forEach((name, value) -> out.put(name, sorted(value)));
    return out;
  }

  private static AttributeValue sorted(AttributeValue value) {
    return switch (value.type()) {
      case SS -> AttributeValue.fromSs(value.ss().stream().sorted().toList());
      case NS -> AttributeValue.fromNs(value.ns().stream().sorted().toList());
      case BS -> {
        List<SdkBytes> elements = new ArrayList<>(value.bs());
        elements.sort(Comparator.comparing(b -> Arrays.toString(b.asByteArray())));
        yield AttributeValue.fromBs(elements);
      }
      case L -> AttributeValue.fromL(value.l().stream().map(Items::sorted).toList());
      case M -> AttributeValue.fromM(sorted(value.m()));
      default -> value;
    };
  }
}
