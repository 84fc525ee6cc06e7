/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The part of a JVM's heap that Parquet's row groups may take, in equal shares to the files that
 * are open: as many as the JVM has slots that write, which nobody tells it.
 *
 * <p>A file that is opened makes the shares of the others smaller; they heed it at their next look,
 * so for a moment more may be held than should be.
 */
public final class RowGroupMemory {
  /** Of this JVM: a quarter of its heap. */
  public static final RowGroupMemory OF_JVM =
      new RowGroupMemory(Runtime.getRuntime().maxMemory() / 4);

  /** Smaller row groups are of no use to readers, and cost more than they save. */
  public static final long LEAST_ROW_GROUP = 1 << 20;

  private static final int LEAST_DICTIONARY = 1 << 10;

  /** Parquet's own default. */
  private static final int MOST_DICTIONARY = 1 << 20;

  /** A dictionary's values take up to so many times their length: each is an object in a map. */
  private static final int HEAP_OF_DICTIONARY = 8;

  private final long most;
  private final AtomicInteger open = new AtomicInteger();

  RowGroupMemory(long most) {
    this.most = most;
  }

  /** Says that a file was opened. */
  void join() {
    open.incrementAndGet();
  }

  /** Says that a file that was opened is closed. */
  void leave() {
    open.decrementAndGet();
  }

  /**
   * How much of a row group an open file may hold, in bytes; at least 1 MiB.
   *
   * @param wanted how much it should be where there is room
   */
  long rowGroupBytes(long wanted) {
    return Math.max(LEAST_ROW_GROUP, Math.min(wanted, most / Math.max(1, open.get())));
  }

  /**
   * How long the dictionary of a column may become, so that all of them together take no more heap
   * than a row group; 1 KiB to 1 MiB.
   */
  static int dictionaryBytes(long rowGroupBytes, int columns) {
    long each = rowGroupBytes / HEAP_OF_DICTIONARY / Math.max(1, columns);
    return (int) Math.max(LEAST_DICTIONARY, Math.min(MOST_DICTIONARY, each));
  }
}
