/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.write;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items of a given size: a key and five attributes, one of which is padding. Only the key is made
 * for each item, so that all contenders bear the same small cost.
 */
public final class Items {
  /** The number of items of a BatchWriteItem. */
  public static final int BATCH = 25;

  private static final int KEY_DIGITS = 16;
  private static final String FILL = "fill";

  private final Map<String, AttributeValue> rest = new HashMap<>();

  public Items(int bytes) {
    rest.put("vendor", AttributeValue.fromN("2"));
    rest.put("pickup", AttributeValue.fromS("2024-01-15 08:23:41"));
    rest.put("distance", AttributeValue.fromN("3.74"));
    rest.put("note", AttributeValue.fromS("nothing that is worth a note"));
    // Names, values and the key: what ItemSize computes for the attributes above.
    int used = 2 + KEY_DIGITS + 6 + 2 + 6 + 19 + 8 + 3 + 4 + 28 + FILL.length();
    rest.put(FILL, AttributeValue.fromS("x".repeat(Math.max(1, bytes - used))));
  }

  public Map<String, AttributeValue> item(long number) {
    Map<String, AttributeValue> item = new HashMap<>(rest);
    String digits = Long.toString(number);
    item.put(
        "id", AttributeValue.fromS("0".repeat(Math.max(0, KEY_DIGITS - digits.length())) + digits));
    return item;
  }

  /** Hands out the numbers of items, a batch at a time, to several threads. */
  public static final class Batches {
    private final long end;
    private final AtomicLong next;

    public Batches(long first, long count) {
      next = new AtomicLong(first);
      end = first + count;
    }

    /** Returns the numbers of the next batch; empty when there are none left. */
    public List<Long> next() {
      List<Long> numbers = new ArrayList<>(BATCH);
      long from = next.getAndAdd(BATCH);
      for (long number = from; number < Math.min(end, from + BATCH); number++) {
        numbers.add(number);
      }
      return numbers;
    }
  }
}
