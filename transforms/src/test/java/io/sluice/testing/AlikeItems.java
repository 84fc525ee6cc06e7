/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing;

import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemNumber;
import io.sluice.item.ItemRules;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items as a table has them: the attributes of a name are mostly alike, some are missing, some are
 * NULL, and now and then one is of another type.
 */
public final class AlikeItems {
  private static final List<String> NAMES =
      List.of(
          "a",
          "A",
          "b",
          "a-b",
          "a.b",
          "a_b",
          "a_b_2",
          "1st",
          "dynamodb_nulls",
          "dynamodb_more",
          "é",
          "/",
          "~1",
          "x/y",
          "0",
          "Item",
          "S",
          "\u0001\"\\",
          "\uD83D\uDE00",
          "items",
          "decimal_2_1");

  private final Random random;

  private AlikeItems(Random random) {
    this.random = random;
  }

  /** Makes values of one place. */
  private interface Shape {
    AttributeValue next();
  }

  /** Up to 12 items, each with a key attribute {@code pk} that is an S. */
  public static List<Map<String, AttributeValue>> of(Random random) {
    AlikeItems alike = new AlikeItems(random);
    Shape shape = alike.record(3);
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    int count = 1 + random.nextInt(12);
    for (int i = 0; i < count; i++) {
      Map<String, AttributeValue> item = new TreeMap<>(shape.next().m());
      item.put("pk", AttributeValue.fromS("key " + i));
      if (isLegal(item)) {
        items.add(item);
      }
    }
    return items;
  }

  /** Now and then one is too large. */
  private static boolean isLegal(Map<String, AttributeValue> item) {
    try {
      ItemRules.check(item);
      return true;
    } catch (InvalidItemException e) {
      return false;
    }
  }

  private Shape shape(int levels) {
    return switch (random.nextInt(levels > 0 ? 17 : 12)) {
      case 0 -> () -> AttributeValue.fromS(text());
      case 1 -> () -> AttributeValue.fromBool(random.nextBoolean());
      case 2 -> () -> AttributeValue.fromB(SdkBytes.fromByteArray(bytes()));
      case 3 -> () -> AttributeValue.fromSs(distinct(this::text));
      case 4 -> () -> AttributeValue.fromBs(List.of(SdkBytes.fromByteArray(bytes())));
      case 5 -> {
        Shape number = number();
        yield () -> AttributeValue.fromNs(distinct(() -> number.next().n()));
      }
      case 6 -> () -> AttributeValue.fromNul(true);
      case 7 -> () -> AttributeValue.fromL(List.of());
      case 8 -> () -> AttributeValue.fromM(Map.of());
      case 9, 10, 11 -> number();
      case 12, 13 -> record(levels - 1);
      case 14 -> list(levels - 1);
      case 15 -> manyNames();
      default -> mixed(levels - 1);
    };
  }

  private Shape number() {
    return switch (random.nextInt(6)) {
      case 0 -> () -> n(String.valueOf(random.nextInt(1000) - 500));
      case 1 -> () -> n(String.valueOf(random.nextLong()));
      case 2 -> {
        int scale = random.nextInt(20);
        yield () -> n(new BigDecimal(random.nextInt(100_000)).movePointLeft(scale).toPlainString());
      }
      case 3 -> () -> n(random.nextInt(8) == 0 ? "9223372036854775808" : "7");
      case 4 -> {
        String digits = "9".repeat(1 + random.nextInt(38));
        yield () -> n((random.nextBoolean() ? "-" : "") + digits + "E-" + random.nextInt(12));
      }
      default -> () -> n(random.nextInt(4) > 0 ? "1.50" : "-9.9E+125");
    };
  }

  private static AttributeValue n(String number) {
    return AttributeValue.fromN(number);
  }

  private Shape record(int levels) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    Map<String, int[]> odds = new LinkedHashMap<>();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      shapes.put(name, shape(levels));
      odds.put(
          name,
          new int[] {
            random.nextBoolean() ? 0 : random.nextInt(100),
            random.nextInt(3) > 0 ? 0 : random.nextInt(100),
            random.nextInt(8) > 0 ? 0 : random.nextInt(20)
          });
    }
    return () -> {
      Map<String, AttributeValue> record = new TreeMap<>();
      shapes.forEach(
          (name, shape) -> {
            int[] odd = odds.get(name);
            if (random.nextInt(100) < odd[1]) {
              record.put(name, AttributeValue.fromNul(true));
            } else if (random.nextInt(100) < odd[2]) {
              record.put(name, shape(0).next());
            } else if (random.nextInt(100) >= odd[0]) {
              record.put(name, shape.next());
            }
          });
      return AttributeValue.fromM(record);
    };
  }

  private Shape list(int levels) {
    Shape element = orNull(shape(levels));
    return () -> {
      List<AttributeValue> elements = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        elements.add(element.next());
      }
      return AttributeValue.fromL(elements);
    };
  }

  private Shape manyNames() {
    Shape value = orNull(random.nextBoolean() ? record(0) : shape(0));
    return () -> {
      Map<String, AttributeValue> map = new TreeMap<>();
      for (int i = random.nextInt(120); i > 0; i--) {
        map.put("n" + random.nextInt(1_000), value.next());
      }
      return AttributeValue.fromM(map);
    };
  }

  private Shape orNull(Shape shape) {
    int odds = random.nextBoolean() ? 0 : random.nextInt(100);
    return () -> random.nextInt(100) < odds ? AttributeValue.fromNul(true) : shape.next();
  }

  private Shape mixed(int levels) {
    Shape one = shape(levels);
    Shape other = shape(levels);
    return () -> random.nextBoolean() ? one.next() : other.next();
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(5)];
    random.nextBytes(bytes);
    return bytes;
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.appendCodePoint("aé\"\\\n{\uD83D\uDE00".codePoints().toArray()[random.nextInt(7)]);
    }
    return text.toString();
  }

  private interface Texts {
    String next();
  }

  private List<String> distinct(Texts texts) {
    TreeSet<String> set = new TreeSet<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      String text = texts.next();
      // Two spellings of one number are not in one set.
      if (set.stream().noneMatch(other -> isSameNumber(other, text))) {
        set.add(text);
      }
    }
    return List.copyOf(set);
  }

  private static boolean isSameNumber(String one, String other) {
    try {
      return ItemNumber.canonical(one).equals(ItemNumber.canonical(other));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
