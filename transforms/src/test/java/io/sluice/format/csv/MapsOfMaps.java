/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.csv;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromSs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Makes items with maps, whose names are those that columns could be confused by. */
final class MapsOfMaps {
  private static final List<String> NAMES =
      List.of("a", "b", "a.b", "b\\c", "c d", "é,\"", "x", "a\\.b", "\\");
  private static final List<String> TEXTS = List.of("x", " y ", "a,b", "\"q\"\n", "null", "1", "é");
  private static final int MOST_NAMES = 4;
  private static final int MOST_LEVELS = 4;

  private final Random random;

  MapsOfMaps(Random random) {
    this.random = random;
  }

  /** The type of an attribute; of a map also those of its attributes. */
  private record Shape(int type, Map<String, Shape> members) {}

  private static final int MAP = 6;

  /** Makes items of which each attribute has one type, and none is NULL or empty. */
  List<Map<String, AttributeValue>> alike(int most) {
    Map<String, Shape> shapes = shapes(1);
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (int left = random.nextInt(most + 1); left > 0; left--) {
      items.add(keyed(values(shapes)));
    }
    return items;
  }

  private Map<String, Shape> shapes(int level) {
    Map<String, Shape> shapes = new TreeMap<>();
    for (int left = 1 + random.nextInt(MOST_NAMES); left > 0; left--) {
      int type = random.nextInt(level < MOST_LEVELS ? MAP + 3 : MAP);
      shapes.put(name(), new Shape(type, type < MAP ? Map.of() : shapes(level + 1)));
    }
    return shapes;
  }

  private String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private Map<String, AttributeValue> keyed(Map<String, AttributeValue> item) {
    item.put("pk", fromS(text()));
    item.put("k.x", fromN(number()));
    return item;
  }

  private Map<String, AttributeValue> values(Map<String, Shape> shapes) {
    Map<String, AttributeValue> values = new HashMap<>();
    List<String> names = List.copyOf(shapes.keySet());
    for (String name : names) {
      if (random.nextBoolean()) {
        values.put(name, value(shapes.get(name)));
      }
    }
    if (values.isEmpty()) {
      String name = names.get(random.nextInt(names.size()));
      values.put(name, value(shapes.get(name)));
    }
    return values;
  }

  private AttributeValue value(Shape shape) {
    return switch (shape.type) {
      case 0 -> fromS(text());
      case 1 -> fromN(number());
      case 2 -> fromBool(random.nextBoolean());
      case 3 -> fromB(SdkBytes.fromUtf8String(text()));
      case 4 -> fromSs(List.of(text()));
      case 5 -> list();
      default -> fromM(values(shape.members));
    };
  }

  private AttributeValue list() {
    return random.nextBoolean()
        ? fromL(List.of())
        : fromL(List.of(fromS(""), fromNul(true), fromM(Map.of("a.b", fromN(number())))));
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private String number() {
    return random.nextInt(100) + (random.nextBoolean() ? "" : ".5");
  }

  /** Makes items that also have NULLs, empty values and attributes of several types. */
  List<Map<String, AttributeValue>> odd(int most) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (int left = random.nextInt(most + 1); left > 0; left--) {
      items.add(keyed(oddValues(1)));
    }
    return items;
  }

  private Map<String, AttributeValue> oddValues(int level) {
    Map<String, AttributeValue> values = new HashMap<>();
    for (int left = random.nextInt(MOST_NAMES); left > 0; left--) {
      // A map k has x, and the key attribute k.x the name of a column of it.
      values.put(random.nextInt(MOST_NAMES) == 0 ? "k" : name(), oddValue(level));
    }
    return values;
  }

  /** JSON, as which a map is one column, has neither B nor sets. */
  private AttributeValue oddValue(int level) {
    return switch (random.nextInt(level < MOST_LEVELS ? 24 : 12)) {
      case 0 -> fromNul(true);
      case 1 -> fromS("");
      case 2 -> fromN(number());
      case 3 -> fromBool(true);
      case 4 -> list();
      default ->
          random.nextInt(4) > 0 && level < MOST_LEVELS
              ? fromM(oddValues(level + 1))
              : fromS(text());
    };
  }
}
