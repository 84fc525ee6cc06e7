/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.survey;

import io.sluice.capacity.TableCapacity;
import io.sluice.capacity.WriteLoad;
import io.sluice.item.Origin;
import io.sluice.report.JobReport;
import io.sluice.report.SectionJson;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The survey in the report of a job.
 *
 * @param items how many items there are to put
 * @param deletes how many items are to be deleted; each counts the units of its key, and those of
 *     its indexes are not known
 * @param bytes how many bytes they have, as DynamoDB counts them
 * @param jsonBytes how long they are as lines of DynamoDB JSON, without compression
 * @param itemsUpToBytes how many items there are of each size, by the greatest size of each class
 * @param largest the largest items, at most ten, the largest first
 */
public record SurveySection(
    long items,
    long deletes,
    long bytes,
    long jsonBytes,
    WriteUnits writeUnits,
    Map<Integer, Long> itemsUpToBytes,
    List<LargeItem> largest,
    HotKeys hottestPartitionKeys) {

  /** The name of the section. */
  public static final String NAME = "survey";

  /**
   * What it takes to write the items.
   *
   * @param table of the table alone
   * @param indexes of all indexes
   * @param ofIndex of each index, by its name
   */
  public record WriteUnits(long table, long indexes, Map<String, Long> ofIndex) {
    public WriteUnits {
      ofIndex = inOrder(ofIndex);
    }
  }

  /** A large item, and where it came from. */
  public record LargeItem(int bytes, String file, long offset) {
    public Origin origin() {
      return new Origin(file, offset);
    }
  }

  /**
   * The partition keys with most items.
   *
   * @param countsTooSmallByAtMost by how much a count may be too small
   * @param items how many items each has, at most ten keys, the hottest first
   */
  public record HotKeys(long countsTooSmallByAtMost, Map<String, Long> items) {
    public HotKeys {
      items = inOrder(items);
    }
  }

  public SurveySection {
    itemsUpToBytes = inOrder(itemsUpToBytes);
    largest = List.copyOf(largest);
  }

  private static <K> Map<K, Long> inOrder(Map<K, Long> counts) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }

  /** The survey of a report; empty when the job made none. */
  public static Optional<SurveySection> of(JobReport report) {
    return SectionJson.find(report, NAME, SurveySection.class);
  }

  public String toJson() {
    return SectionJson.write(this);
  }

  /** What is to be written: what local indexes take is the table's. */
  public WriteLoad load(TableCapacity capacity) {
    double table = writeUnits.table();
    Map<String, Double> indexes = new HashMap<>();
    for (Map.Entry<String, Long> index : writeUnits.ofIndex().entrySet()) {
      double units = index.getValue();
      if (capacity.indexes().containsKey(index.getKey())) {
        indexes.put(index.getKey(), units);
      } else {
        table += units;
      }
    }
    return new WriteLoad(items + deletes, table, indexes);
  }
}
