/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.checkpoint;

import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * The buckets that earlier starts of a job have written to a table, each with how many items it
 * had.
 */
public final class WrittenBuckets implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long IN_DOUBT = -1;

  private final int buckets;
  private final int[] numbers;
  private final long[] items;

  private WrittenBuckets(int buckets, SortedMap<Integer, Long> written) {
    this.buckets = buckets;
    this.numbers = written.keySet().stream().mapToInt(Integer::intValue).toArray();
    this.items = written.values().stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * Reads what is kept in a folder.
   *
   * @param folder ending in a slash
   * @param table the identity of the table; what was written to another of the same name is left
   *     out
   * @throws IOException when a file cannot be read; the message has its name
   */
  public static WrittenBuckets read(String folder, String table) throws IOException {
    Map<Integer, SortedMap<Integer, Long>> byBuckets = new HashMap<>();
    for (BucketMarks.Marks file : BucketMarks.read(folder)) {
      if (file.table().equals(table)) {
        SortedMap<Integer, Long> all =
            byBuckets.computeIfAbsent(file.buckets(), buckets -> new TreeMap<>());
        // Two starts that saw different items cannot both be right.
        file.written()
            .forEach((bucket, n) -> all.merge(bucket, n, (a, b) -> a.equals(b) ? a : IN_DOUBT));
      }
    }
    // Starts on clusters of different sizes may have spread the keys differently.
    List<Map.Entry<Integer, SortedMap<Integer, Long>>> largest =
        new ArrayList<>(byBuckets.entrySet());
    largest.sort(Map.Entry.comparingByValue((a, b) -> Long.compare(itemsOf(b), itemsOf(a))));
    return largest.isEmpty()
        ? none()
        : new WrittenBuckets(largest.get(0).getKey(), largest.get(0).getValue());
  }

  /** Returns none at all. */
  public static WrittenBuckets none() {
    return new WrittenBuckets(0, new TreeMap<>());
  }

  private static long itemsOf(SortedMap<Integer, Long> written) {
    return written.values().stream().mapToLong(n -> Math.max(0, n)).sum();
  }

  /**
   * Returns when something was last kept in a folder, by the clock of the store; 1970 for never.
   */
  public static Instant lastKept(String folder) throws IOException {
    return Instant.ofEpochMilli(
        BucketMarks.files(folder).stream()
            .mapToLong(MatchResult.Metadata::lastModifiedMillis)
            .max()
            .orElse(0));
  }

  /** Returns over how many buckets the keys are spread; empty if nothing was written. */
  public OptionalInt buckets() {
    return buckets == 0 ? OptionalInt.empty() : OptionalInt.of(buckets);
  }

  /** Returns how many items they have. */
  public long items() {
    return Arrays.stream(items).filter(n -> n != IN_DOUBT).sum();
  }

  /**
   * Whether a bucket is written.
   *
   * @param itemsNow how many items it has in this start; with another number it is not the same
   */
  boolean has(int bucket, long itemsNow) {
    int at = Arrays.binarySearch(numbers, bucket);
    return at >= 0 && items[at] == itemsNow;
  }
}
