/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.diff;

import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemKey;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.Pager;
import io.sluice.item.page.SourcedPage;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A state of a table in plain Java: numbers are BigDecimals without trailing zeros, sets are sets.
 * Its items are written down in any spelling that DynamoDB takes for the same.
 */
final class ModelTable {
  static final KeySchema KEY = new KeySchema(KeyAttribute.parse("id:N"), null);

  private static final List<String> NAMES = List.of("a", "b", "c d", "é", "Keys", "\"");

  private final Random random;
  private final TreeMap<BigDecimal, Map<String, Object>> items = new TreeMap<>();

  /** Stands for NULL. */
  private enum Null {
    NULL
  }

  /** A set, which differs from others of another type. */
  private record ModelSet(String type, Set<Object> elements) {}

  ModelTable(Random random) {
    this.random = random;
  }

  static ModelTable random(Random random, int items) {
    ModelTable table = new ModelTable(random);
    for (int i = 0; i < items; i++) {
      table.items.put(table.key(), table.item());
    }
    return table;
  }

  private BigDecimal key() {
    return stripped(BigDecimal.valueOf(random.nextInt(400) - 200, random.nextInt(2)));
  }

  /** A later state, in which some items are the same. */
  ModelTable later() {
    ModelTable later = new ModelTable(random);
    int changing = random.nextInt(4);
    items.forEach(
        (key, item) -> {
          if (random.nextInt(4) >= changing) {
            later.items.put(key, item);
          } else if (random.nextBoolean()) {
            later.items.put(key, changed(item));
          }
        });
    for (int i = random.nextInt(4) * changing; i > 0; i--) {
      later.items.putIfAbsent(key(), item());
    }
    return later;
  }

  private Map<String, Object> item() {
    Map<String, Object> item = new HashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      item.put(NAMES.get(random.nextInt(NAMES.size())), value(3));
    }
    if (random.nextInt(100) == 0) {
      item.put("big", "x".repeat(300_000));
    }
    return item;
  }

  private Map<String, Object> changed(Map<String, Object> item) {
    Map<String, Object> changed = new HashMap<>(item);
    String name = NAMES.get(random.nextInt(NAMES.size()));
    if (changed.containsKey(name) && random.nextInt(3) == 0) {
      changed.remove(name);
    } else {
      // It may be the same value, and then nothing has changed.
      changed.put(name, random.nextBoolean() ? changedValue(changed.get(name)) : value(3));
    }
    return changed;
  }

  /** Changes something deep within, if there is something within. */
  private Object changedValue(Object value) {
    if (value instanceof List<?> list && !list.isEmpty()) {
      List<Object> copy = new ArrayList<>(list);
      int at = random.nextInt(copy.size());
      copy.set(at, changedValue(copy.get(at)));
      return copy;
    }
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      Map<Object, Object> copy = new HashMap<>(map);
      Object name = new ArrayList<>(copy.keySet()).get(random.nextInt(copy.size()));
      copy.put(name, changedValue(copy.get(name)));
      return copy;
    }
    return value(0);
  }

  private Object value(int levels) {
    return switch (random.nextInt(levels > 0 ? 10 : 7)) {
      case 0 -> "s" + random.nextInt(3);
      case 1, 2 -> number();
      case 3 -> random.nextBoolean();
      case 4 -> Null.NULL;
      case 5 -> ByteBuffer.wrap(new byte[] {(byte) random.nextInt(3)});
      case 6 -> set();
      case 7, 8 -> {
        Map<String, Object> map = new HashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          map.put(NAMES.get(random.nextInt(NAMES.size())), value(levels - 1));
        }
        yield map;
      }
      default -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          list.add(value(levels - 1));
        }
        yield list;
      }
    };
  }

  private BigDecimal number() {
    return stripped(BigDecimal.valueOf(random.nextInt(5) - 2, random.nextInt(5) - 2));
  }

  private static BigDecimal stripped(BigDecimal number) {
    return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
  }

  private ModelSet set() {
    Set<Object> elements = new HashSet<>();
    String type = List.of("SS", "NS", "BS").get(random.nextInt(3));
    for (int i = random.nextInt(3); i >= 0; i--) {
      elements.add(
          switch (type) {
            case "SS" -> "e" + random.nextInt(4);
            case "NS" -> number();
            default -> ByteBuffer.wrap(new byte[] {(byte) random.nextInt(4)});
          });
    }
    return new ModelSet(type, elements);
  }

  int size() {
    return items.size();
  }

  Set<BigDecimal> keys() {
    return new TreeSet<>(items.keySet());
  }

  /** The names of the attributes that differ; null unless both have the item. */
  Set<String> differing(ModelTable other, BigDecimal key) {
    Map<String, Object> mine = items.get(key);
    Map<String, Object> others = other.items.get(key);
    if (mine == null || others == null) {
      return null;
    }
    Set<String> names = new TreeSet<>(mine.keySet());
    names.addAll(others.keySet());
    names.removeIf(name -> Objects.equals(mine.get(name), others.get(name)));
    return names;
  }

  /** The items, in some spelling. */
  List<Map<String, AttributeValue>> spelled() {
    return items.entrySet().stream()
        .map(
            item -> {
              Map<String, AttributeValue> spelled = new HashMap<>();
              spelled.put("id", AttributeValue.fromN(spell(item.getKey())));
              item.getValue().forEach((name, value) -> spelled.put(name, spelled(value)));
              return spelled;
            })
        .collect(Collectors.toList());
  }

  private String spell(BigDecimal number) {
    return switch (random.nextInt(4)) {
      case 0 -> number.toPlainString();
      case 1 -> number.unscaledValue() + "E" + -number.scale();
      case 2 -> number.setScale(Math.max(0, number.scale()) + 1).toPlainString();
      default -> number.toString();
    };
  }

  private AttributeValue spelled(Object value) {
    if (value instanceof BigDecimal number) {
      return AttributeValue.fromN(spell(number));
    } else if (value instanceof String text) {
      return AttributeValue.fromS(text);
    } else if (value instanceof Boolean bool) {
      return AttributeValue.fromBool(bool);
    } else if (value instanceof ByteBuffer bytes) {
      return AttributeValue.fromB(SdkBytes.fromByteArray(bytes.array()));
    } else if (value instanceof List<?> list) {
      return AttributeValue.fromL(list.stream().map(this::spelled).toList());
    } else if (value instanceof Map<?, ?> map) {
      Map<String, AttributeValue> spelled = new HashMap<>();
      map.forEach((name, v) -> spelled.put((String) name, spelled(v)));
      return AttributeValue.fromM(spelled);
    } else if (value instanceof ModelSet set) {
      List<Object> elements = new ArrayList<>(set.elements);
      Collections.shuffle(elements, random);
      List<AttributeValue> spelled = elements.stream().map(this::spelled).toList();
      return switch (set.type) {
        case "SS" -> AttributeValue.fromSs(spelled.stream().map(AttributeValue::s).toList());
        case "NS" -> AttributeValue.fromNs(spelled.stream().map(AttributeValue::n).toList());
        default -> AttributeValue.fromBs(spelled.stream().map(AttributeValue::b).toList());
      };
    }
    return AttributeValue.fromNul(true);
  }

  /** The items in pages, in some order. */
  static List<SourcedPage> pages(List<Map<String, AttributeValue>> items, int buckets) {
    List<SourcedPage> pages = new ArrayList<>();
    Pager pager = new Pager(pages::add);
    for (Map<String, AttributeValue> item : items) {
      try {
        ItemKey key = ItemKey.of(item, KEY);
        pager.add(key.bucket(buckets), key.bytes(), SourcedItem.withoutOrigin(item));
      } catch (InvalidItemException e) {
        throw new AssertionError(e);
      }
    }
    pager.flush();
    return pages;
  }
}
