/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Divides the part of a JVM's heap that Parquet's row groups may take equally among the open files.
 * Their number depends on the JVM's worker slots, which no runner reports.
 *
 * <p>Opening a file makes the shares of the others smaller; they notice at their next check, so for
 * a moment they may hold more than they should.
 */
public final class RowGroupMemory {
  /** The instance of this JVM: a quarter of its heap. */
  public static final RowGroupMemory OF_JVM =
      new RowGroupMemory(Runtime.getRuntime().maxMemory() / 4);

  /** Smaller row groups do not help readers, and cost more than they save. */
  public static final long LEAST_ROW_GROUP = 1 << 20;

  private static final int LEAST_DICTIONARY = 1 << 10;

  /** Parquet's own default. */
  private static final int MOST_DICTIONARY = 1 << 20;

  /**
   * A dictionary takes up to this many times the length of its values: each is an object in a map.
   */
  private static final int HEAP_OF_DICTIONARY = 8;

  private final long most;
  private final AtomicInteger open = new AtomicInteger();

  RowGroupMemory(long most) {
    this.most = most;
  }

  /** Registers an opened file. */
  void join() {
    open.incrementAndGet();
  }

  /** Unregisters a closed file. */
  void leave() {
    open.decrementAndGet();
  }

  /**
   * Returns how much of a row group an open file may hold, in bytes; at least 1 MiB.
   *
   * @param wanted the size to use if there is room
   */
  long rowGroupBytes(long wanted) {
    return Math.max(LEAST_ROW_GROUP, Math.min(wanted, most / Math.max(1, open.get())));
  }

  /**
   * Returns the maximum length of a column's dictionary at which all of them together take no more
   * heap than a row group; 1 KiB to 1 MiB.
   */
  static int dictionaryBytes(long rowGroupBytes, int columns) {
    long each = rowGroupBytes / HEAP_OF_DICTIONARY / Math.max(1, columns);
    return (int) Math.max(LEAST_DICTIONARY, Math.min(MOST_DICTIONARY, each));
  }
}
