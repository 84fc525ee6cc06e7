/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Computes into how many segments a scan is divided, and which of them a split reads.
 *
 * <p>A segment is read page after page, because each page is requested with the last key of the one
 * before; so a reader has requests for several segments in flight at once. There are many more
 * segments than that, so that large ones do not end last.
 */
final class Segments {
  /** DynamoDB's own limit. */
  static final int MOST = 1_000_000;

  /** The most segments that a reader reads concurrently, if there are several readers. */
  static final int MOST_AT_ONCE = 8;

  /** As in spark-dynamodb: some hundred pages. */
  private static final long BYTES = 128L << 20;

  private static final int SPLITS_OF_WORKER = 3;
  private static final int LEAST_AT_ONCE = 4;

  /** The maximum time to request the first page of every segment. */
  private static final double FIRST_PAGES_SECONDS = 10;

  /** The units of the smallest page. */
  private static final double LEAST_UNITS = 0.5;

  private Segments() {}

  /**
   * Computes the number of segments.
   *
   * @param bytes the table's size, 0 or more; DynamoDB reports it with a delay of hours, so it may
   *     be 0 for a table that was just loaded
   * @param unitsPerSecond the budget of the job; a small table is not worth many empty pages
   * @param workers slots of the runner, 1 or more
   * @return for each worker a few splits of {@link #MOST_AT_ONCE} segments, and more when they
   *     would be larger than 128 MB; 1 to {@link #MOST}
   */
  static int total(long bytes, double unitsPerSecond, int workers) {
    long bySize = (bytes + BYTES - 1) / BYTES;
    long byWorkers = (long) SPLITS_OF_WORKER * MOST_AT_ONCE * workers;
    long byBudget = (long) (FIRST_PAGES_SECONDS * unitsPerSecond / LEAST_UNITS);
    return (int) Math.max(1, Math.min(MOST, Math.max(bySize, Math.min(byWorkers, byBudget))));
  }

  /**
   * Assigns segments to splits, mixed, always in the same way: neighbouring segments lie in one
   * partition of the table, and if they were read at the same time they would share its capacity.
   *
   * @param total the number of segments
   * @param workers slots of the runner, 1 or more
   * @param wanted how many splits the runner asks for; it may get more
   */
  static List<List<Integer>> splits(int total, int workers, long wanted) {
    int atOnce = atOnce(total, workers, wanted);
    return divided(total, (total + atOnce - 1) / atOnce);
  }

  /**
   * Returns into how many groups a scan divides the segments whose pages it keeps: as many as there
   * are splits for a runner that asks for few.
   */
  static int groups(int total, int workers) {
    int atOnce = atOnce(total, workers, 1);
    return (total + atOnce - 1) / atOnce;
  }

  /**
   * Divides the segments, mixed, always in the same way.
   *
   * @param total the number of segments
   * @param parts how many parts, 1 to total
   */
  static List<List<Integer>> divided(int total, int parts) {
    List<Integer> all = mixed(total);
    List<List<Integer>> divided = new ArrayList<>(parts);
    for (int i = 0; i < parts; i++) {
      // As even as possible.
      int from = (int) ((long) total * i / parts);
      int to = (int) ((long) total * (i + 1) / parts);
      divided.add(List.copyOf(all.subList(from, to)));
    }
    return divided;
  }

  /** Returns all segments, mixed in the same way. */
  static List<Integer> mixed(int total) {
    List<Integer> all = new ArrayList<>(IntStream.range(0, total).boxed().toList());
    Collections.shuffle(all, new Random(total));
    return all;
  }

  private static int atOnce(int total, int workers, long wanted) {
    // First each worker gets one segment, then more at once, then there are splits for later.
    int least = Math.min(LEAST_AT_ONCE, total / workers);
    int even = Math.max(least, total / workers / SPLITS_OF_WORKER);
    long most = Math.min(MOST_AT_ONCE, total / Math.max(1, wanted));
    return (int) Math.max(1, Math.min(even, most));
  }
}
