/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.item.ItemSize;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.json.ItemJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A table to read that takes no memory. Item i has as its partition key 12 digits, of 10^11 + i;
 * its sort key, if there is one, is always the same. {@code data} fills it up with letters that no
 * compression halves further, so that an item takes the room that its size tells; before that come
 * {@code field2}, {@code field3} and so on, a number of eight digits and eight letters in turn.
 *
 * @param count how many items there are
 * @param bytes the size of each, as DynamoDB counts, and at least that of its key and its fields;
 *     of numbers as keys, round ones take a little less
 * @param attributes how many each has besides its key: fields, and {@code data} as the last
 */
public record GeneratedItems(long count, int bytes, int attributes) {
  private static final long FIRST = 100_000_000_000L;
  private static final String FILLER = "data";
  private static final int FIELD_LENGTH = 8;

  public GeneratedItems {
    if (count < 0 || count > 8 * FIRST) {
      throw new IllegalArgumentException("count is " + count + ", must be 0 to 8 * 10^11");
    }
    if (bytes < 1 || bytes > 409_600) {
      throw new IllegalArgumentException("bytes is " + bytes + ", must be 1 to 409,600");
    }
    if (attributes < 1 || attributes > 100) {
      throw new IllegalArgumentException("attributes is " + attributes + ", must be 1 to 100");
    }
  }

  /** Items with a key and {@code data} only. */
  public GeneratedItems(long count, int bytes) {
    this(count, bytes, 1);
  }

  /** One of the items, with its partition key spelled out. */
  public Map<String, AttributeValue> item(long index, KeySchema schema) {
    Map<String, AttributeValue> item = key(index, schema);
    for (int i = 2; i <= attributes; i++) {
      String text = noise(index, i, FIELD_LENGTH);
      item.put("field" + i, isNumber(i) ? AttributeValue.fromN(text) : AttributeValue.fromS(text));
    }
    // Of a number, zeros at its end take nothing: every item is filled up as this one is.
    Map<String, AttributeValue> typical = new LinkedHashMap<>(item);
    typical.putAll(key(1, schema));
    int left = bytes - ItemSize.of(typical) - FILLER.length();
    if (left > 0) {
      item.put(FILLER, AttributeValue.fromS(noise(index, 1, left)));
    }
    return item;
  }

  private static boolean isNumber(int attribute) {
    return attribute % 2 == 0;
  }

  private static String noise(long index, int attribute, int length) {
    byte[] text = new byte[length];
    fill(text, new Slot(attribute, 0, length), index);
    return new String(text, US_ASCII);
  }

  /**
   * Writes what looks random, always the same of an item's attribute: of letters four bits each,
   * and digits from 1 to 9.
   */
  private static void fill(byte[] to, Slot slot, long index) {
    long random = index * 101 + slot.attribute();
    boolean number = isNumber(slot.attribute());
    for (int i = 0; i < slot.length(); i++) {
      if (i % 16 == 0) {
        // SplitMix64, by Steele, Lea and Flood.
        random += 0x9E3779B97F4A7C15L;
        long z = (random ^ (random >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        random = z ^ (z >>> 31);
      }
      int bits = (int) (random >>> (i % 16 * 4)) & 15;
      to[slot.at() + i] = (byte) (number ? '1' + (bits * 9 >> 4) : 'a' + bits);
    }
  }

  Map<String, AttributeValue> key(long index, KeySchema schema) {
    Map<String, AttributeValue> key = new LinkedHashMap<>();
    String id = String.valueOf(FIRST + index);
    KeyAttribute partition = schema.partitionKey();
    key.put(
        partition.name(),
        partition.type() == KeyAttribute.Type.N
            ? AttributeValue.fromN(id)
            : AttributeValue.fromS(id));
    KeyAttribute sort = schema.sortKey();
    if (sort != null) {
      key.put(
          sort.name(),
          switch (sort.type()) {
            case S -> AttributeValue.fromS("0");
            case N -> AttributeValue.fromN("0");
            case B -> AttributeValue.fromB(SdkBytes.fromByteArray(new byte[1]));
          });
    }
    return key;
  }

  /** Which item has this key; -1 when none has. */
  long indexOf(ObjectNode key, KeySchema schema) {
    KeyAttribute partition = schema.partitionKey();
    String id = key.path(partition.name()).path(partition.type().name()).asText();
    long index = id.matches("\\d{12}") ? Long.parseLong(id) - FIRST : -1;
    return index < count ? index : -1;
  }

  /** The items in JSON, from a template in which only digits and letters change. */
  Template template(KeySchema schema) {
    Map<String, AttributeValue> item = item(0, schema);
    String json = ItemJson.toJson(item);
    String id = String.valueOf(FIRST);
    List<Slot> slots = new ArrayList<>();
    for (int i = 2; i <= attributes; i++) {
      slots.add(slot(i, "field" + i, item, json));
    }
    if (item.containsKey(FILLER)) {
      slots.add(slot(1, FILLER, item, json));
    }
    return new Template(
        json.getBytes(US_ASCII),
        json.indexOf(id),
        id.length(),
        List.copyOf(slots),
        ItemSize.of(item(1, schema)));
  }

  private static Slot slot(
      int attribute, String name, Map<String, AttributeValue> item, String json) {
    AttributeValue value = item.get(name);
    String text = value.n() == null ? value.s() : value.n();
    int at = json.indexOf("\"" + text + "\"", json.indexOf("\"" + name + "\"")) + 1;
    return new Slot(attribute, at, text.length());
  }

  /** Where the text of an attribute is. */
  private record Slot(int attribute, int at, int length) {}

  /** An item's JSON, the places in it of the key's digits and of what changes, and its size. */
  record Template(byte[] json, int at, int digits, List<Slot> slots, int size) {
    byte[] of(long index) {
      long rest = FIRST + index;
      for (int i = at + digits - 1; i >= at; i--) {
        json[i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
      for (Slot slot : slots) {
        fill(json, slot, index);
      }
      return json;
    }
  }

  /** The first item of a segment; of segment {@code total} the end of the last one. */
  long startOf(int segment, int total) {
    return count * segment / total;
  }

  /** The first item after a key, or of a segment. */
  long after(@Nullable ObjectNode startKey, int segment, int total, KeySchema schema) {
    return startKey == null ? startOf(segment, total) : indexOf(startKey, schema) + 1;
  }
}
