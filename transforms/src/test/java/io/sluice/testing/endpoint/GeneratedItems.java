/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.item.ItemJson;
import io.sluice.item.ItemSize;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.util.LinkedHashMap;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A table to read that takes no memory. Item i has as its partition key 12 digits, of 10^11 + i;
 * its sort key, if there is one, is always the same, and {@code data} fills it up with letters that
 * no compression halves further, so that an item takes the room that its size tells.
 *
 * @param count how many items there are
 * @param bytes the size of each, as DynamoDB counts, and at least its key's; of numbers as keys,
 *     round ones take a little less
 */
public record GeneratedItems(long count, int bytes) {
  private static final long FIRST = 100_000_000_000L;
  private static final String FILLER = "data";

  public GeneratedItems {
    if (count < 0 || count > 8 * FIRST) {
      throw new IllegalArgumentException("count is " + count + ", must be 0 to 8 * 10^11");
    }
    if (bytes < 1 || bytes > 409_600) {
      throw new IllegalArgumentException("bytes is " + bytes + ", must be 1 to 409,600");
    }
  }

  /** One of the items, with its partition key spelled out. */
  public Map<String, AttributeValue> item(long index, KeySchema schema) {
    Map<String, AttributeValue> item = key(index, schema);
    // Of a number, zeros at its end take nothing: every item is filled up as this one is.
    int left = bytes - ItemSize.of(key(1, schema)) - FILLER.length();
    if (left > 0) {
      byte[] filler = new byte[left];
      fill(filler, 0, left, index);
      item.put(FILLER, AttributeValue.fromS(new String(filler, US_ASCII)));
    }
    return item;
  }

  /** Writes letters that look random, always the same of an item: four bits each. */
  private static void fill(byte[] to, int at, int length, long index) {
    long random = index;
    for (int i = 0; i < length; i++) {
      if (i % 16 == 0) {
        // SplitMix64, by Steele, Lea and Flood.
        random += 0x9E3779B97F4A7C15L;
        long z = (random ^ (random >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        random = z ^ (z >>> 31);
      }
      to[at + i] = (byte) ('a' + ((random >>> (i % 16 * 4)) & 15));
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

  /** The items in JSON, from a template in which only the digits change. */
  Template template(KeySchema schema) {
    byte[] json = ItemJson.toJson(item(0, schema)).getBytes(US_ASCII);
    String id = String.valueOf(FIRST);
    String text = new String(json, US_ASCII);
    AttributeValue filler = item(0, schema).get(FILLER);
    String letters = filler == null ? "" : filler.s();
    return new Template(
        json,
        text.indexOf(id),
        id.length(),
        text.indexOf("\"" + letters + "\"") + 1,
        letters.length(),
        ItemSize.of(item(1, schema)));
  }

  /** An item's JSON, the places of the digits and the letters in it, and the item's size. */
  record Template(byte[] json, int at, int digits, int fillerAt, int filler, int size) {
    byte[] of(long index) {
      long rest = FIRST + index;
      for (int i = at + digits - 1; i >= at; i--) {
        json[i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
      fill(json, fillerAt, filler, index);
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
