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
 * Into how many segments a scan is divided, and which of them a split reads.
 *
 * <p>A segment is read page after page, for each page is asked for with the last key of the one
 * before; so a reader has several of them on their way at once. There are many more than that, so
 * that those which are larger than others do not end last.
 */
final class Segments {
  /** DynamoDB's own limit. */
  static final int MOST = 1_000_000;

  /** How many a reader reads at once, at the most. */
  static final int MOST_AT_ONCE = 8;

  /** As spark-dynamodb has it: some hundred pages. */
  private static final long BYTES = 128L << 20;

  private static final int SPLITS_OF_WORKER = 3;
  private static final int LEAST_AT_ONCE = 4;

  /** So long it may take at most to ask each segment for its first page. */
  private static final double FIRST_PAGES_SECONDS = 10;

  /** What the smallest page takes. */
  private static final double LEAST_UNITS = 0.5;

  private Segments() {}

  /**
   * How many there are.
   *
   * @param bytes the table's size, 0 or more: DynamoDB says it with a delay of hours, so that of a
   *     table which was just loaded it may be 0
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
   * The segments of each split, mixed, always in the same way: neighbours lie in one partition of
   * the table, and read at once they would share what that can do.
   *
   * @param total how many segments there are
   * @param workers slots of the runner, 1 or more
   * @param wanted how many splits the runner asks for; it may get more
   */
  static List<List<Integer>> splits(int total, int workers, long wanted) {
    List<Integer> all = new ArrayList<>(IntStream.range(0, total).boxed().toList());
    Collections.shuffle(all, new Random(total));
    int atOnce = atOnce(total, workers, wanted);
    int splits = (total + atOnce - 1) / atOnce;
    List<List<Integer>> divided = new ArrayList<>(splits);
    for (int i = 0; i < splits; i++) {
      // As even as can be.
      int from = (int) ((long) total * i / splits);
      int to = (int) ((long) total * (i + 1) / splits);
      divided.add(List.copyOf(all.subList(from, to)));
    }
    return divided;
  }

  private static int atOnce(int total, int workers, long wanted) {
    // First all workers have one, then that has company, then there are splits for later.
    int least = Math.min(LEAST_AT_ONCE, total / workers);
    int even = Math.max(least, total / workers / SPLITS_OF_WORKER);
    long most = Math.min(MOST_AT_ONCE, total / Math.max(1, wanted));
    return (int) Math.max(1, Math.min(even, most));
  }
}
