/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.survey;

import io.sluice.capacity.WriteCost;
import io.sluice.item.ItemSize;
import io.sluice.item.KeyAttribute;
import io.sluice.item.Origin;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Statistics of items before they are written: sizes, write units, the largest items, the hottest
 * keys.
 */
@DefaultCoder(SerializableCoder.class)
public final class Survey implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 10;

  /**
   * Upper bounds of the histogram in bytes: 128, 256, … up to 512 KB, which is above the largest
   * item.
   */
  private static final int SMALLEST_BOUND = 128;

  private static final int BOUNDS = 13;

  private record Large(int bytes, Origin origin) implements Serializable {
    static final Comparator<Large> ORDER =
        Comparator.comparingInt(Large::bytes).reversed().thenComparing(Large::origin);
  }

  private long items;
  private long deletes;
  private long bytes;
  private long jsonBytes;
  private long tableUnits;
  private final TreeMap<String, Long> indexUnits = new TreeMap<>();
  private final long[] histogram = new long[BOUNDS];
  private final ArrayList<Large> largest = new ArrayList<>();
  private final HeavyHitters partitionKeys = new HeavyHitters();

  /**
   * Adds an item that has a valid key.
   *
   * @param lineBytes its length as a line of DynamoDB JSON
   */
  void add(Origin origin, Map<String, AttributeValue> item, int lineBytes, WriteCost cost) {
    int size = ItemSize.of(item);
    items++;
    bytes += size;
    jsonBytes += lineBytes;
    tableUnits += WriteCost.units(size);
    addIndexUnits(cost.indexUnits(item));
    int bucket = 0;
    while (size > SMALLEST_BOUND << bucket) {
      bucket++;
    }
    histogram[bucket]++;
    add(new Large(size, origin));
    partitionKeys.add(text(cost.tableKey().partitionKey(), item));
  }

  /** Adds a delete of the item with a key: what it takes depends on that item, at least a unit. */
  void addDelete(Map<String, AttributeValue> key, WriteCost cost) {
    deletes++;
    tableUnits += WriteCost.units(ItemSize.of(key));
    partitionKeys.add(text(cost.tableKey().partitionKey(), key));
  }

  private void addIndexUnits(Map<String, Long> more) {
    more.forEach((index, units) -> indexUnits.merge(index, units, Long::sum));
  }

  private static String text(KeyAttribute key, Map<String, AttributeValue> item) {
    AttributeValue value = item.get(key.name());
    return switch (key.type()) {
      case S -> value.s();
      case N -> value.n();
      case B -> Base64.getEncoder().encodeToString(value.b().asByteArrayUnsafe());
    };
  }

  private void add(Large large) {
    if (largest.size() < SHOWN || Large.ORDER.compare(large, largest.get(SHOWN - 1)) < 0) {
      largest.add(large);
      largest.sort(Large.ORDER);
      if (largest.size() > SHOWN) {
        largest.remove(SHOWN);
      }
    }
  }

  /** Adds the statistics of another survey. */
  void add(Survey other) {
    items += other.items;
    deletes += other.deletes;
    bytes += other.bytes;
    jsonBytes += other.jsonBytes;
    tableUnits += other.tableUnits;
    addIndexUnits(other.indexUnits);
    for (int i = 0; i < BOUNDS; i++) {
      histogram[i] += other.histogram[i];
    }
    other.largest.forEach(this::add);
    partitionKeys.add(other.partitionKeys);
  }

  /** Returns a combine function that sums surveys; the sum of none is empty. */
  static Combine.BinaryCombineFn<Survey> sum() {
    return new SumFn();
  }

  private static final class SumFn extends Combine.BinaryCombineFn<Survey> {
    private static final long serialVersionUID = 1L;

    @Override
    public Survey apply(Survey left, Survey right) {
      Survey sum = new Survey();
      sum.add(left);
      sum.add(right);
      return sum;
    }

    @Override
    public Survey identity() {
      return new Survey();
    }
  }

  /**
   * The survey as a section of the report: counts, bytes, write units, and lists of at most ten.
   */
  public SurveySection section() {
    long ofIndexes = indexUnits.values().stream().mapToLong(Long::longValue).sum();
    Map<Integer, Long> sizes = new LinkedHashMap<>();
    for (int i = 0; i < BOUNDS; i++) {
      if (histogram[i] > 0) {
        sizes.put(SMALLEST_BOUND << i, histogram[i]);
      }
    }
    Map<String, Long> hottest = new LinkedHashMap<>();
    partitionKeys.top(SHOWN).forEach(key -> hottest.put(key.getKey(), key.getValue()));
    return new SurveySection(
        items,
        deletes,
        bytes,
        jsonBytes,
        new SurveySection.WriteUnits(tableUnits, ofIndexes, indexUnits),
        sizes,
        largest.stream()
            .map(
                item ->
                    new SurveySection.LargeItem(
                        item.bytes(), item.origin().file(), item.origin().offset()))
            .toList(),
        new SurveySection.HotKeys(partitionKeys.error(), hottest));
  }
}
