/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import io.sluice.item.ItemCursor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/**
 * Holds back the first items of a file to find the columns for which a dictionary is useless, such
 * as ids. Parquet itself builds a dictionary of the first 20,000 values of each column of each row
 * group before it decides, and rewrites those values if it was useless. Although the bytes in the
 * file are the same, that took a sixth of the time to write items without repetitions.
 *
 * <p>The first items must be a fair sample. The items of one partition key are not: among a store's
 * 5,000 products none repeats, yet all of them recur with the next store.
 */
final class DictionaryProbe {
  private static final int MOST_ITEMS = 2_000;
  private static final long MOST_BYTES = 1 << 20;

  /** With fewer values there is no verdict. */
  private static final int LEAST_VALUES = 1_000;

  /** At about this many distinct values Parquet, too, gives up a dictionary, after 20,000. */
  private static final int MANY_DIFFERENT = 100_000;

  private final ParquetColumns items;
  private final Map<ColumnDescriptor, Column> columns = new LinkedHashMap<>();
  private final List<byte[]> waiting = new ArrayList<>();
  private long bytes;

  /**
   * @param items are directed to the probe
   */
  DictionaryProbe(MessageType type, ParquetColumns items) {
    this.items = items;
    type.getColumns().forEach(column -> columns.put(column, new Column()));
    items.open(new Store());
  }

  /**
   * Adds a copy of an item.
   *
   * @throws IllegalArgumentException when it does not fit the schema
   */
  void add(ItemCursor item) {
    byte[] copy = item.copy();
    items.write(item);
    waiting.add(copy);
    bytes += copy.length;
  }

  /** Whether there are enough items, or no room for more. */
  boolean isFull() {
    return waiting.size() >= MOST_ITEMS || bytes >= MOST_BYTES;
  }

  /** Returns the length of the items. */
  long bytes() {
    return bytes;
  }

  /** Passes on the paths of the columns that hardly repeat a value in the sample. */
  void tellUnrepeated(Consumer<String> unrepeated) {
    columns.forEach(
        (descriptor, column) -> {
          if (column.isUnrepeated()) {
            unrepeated.accept(String.join(".", descriptor.getPath()));
          }
        });
  }

  /** Passes on the items in their order. */
  void forEach(Consumer<ItemCursor> consumer) {
    waiting.forEach(item -> consumer.accept(ItemCursor.of(item, 0, item.length)));
  }

  /** The values of one column. */
  private static final class Column implements ColumnWriter {
    private final Set<Object> different = new HashSet<>();
    private int values;

    /**
     * By the birthday problem, n out of m equally frequent values have about n² / 2m repetitions.
     */
    boolean isUnrepeated() {
      long repetitions = values - different.size();
      return values >= LEAST_VALUES && 2 * repetitions * MANY_DIFFERENT <= (long) values * values;
    }

    private void add(Object value) {
      values++;
      different.add(value);
    }

    @Override
    public void write(int value, int repetition, int definition) {
      add(value);
    }

    @Override
    public void write(long value, int repetition, int definition) {
      add(value);
    }

    @Override
    public void write(boolean value, int repetition, int definition) {
      add(value);
    }

    @Override
    public void write(Binary value, int repetition, int definition) {
      values++;
      if (!different.contains(value)) {
        // Its bytes are those of the item.
        different.add(value.copy());
      }
    }

    @Override
    public void write(float value, int repetition, int definition) {
      add(value);
    }

    @Override
    public void write(double value, int repetition, int definition) {
      add(value);
    }

    @Override
    public void writeNull(int repetition, int definition) {
      // A dictionary has no nulls.
    }

    @Override
    public void close() {}

    @Override
    public long getBufferedSizeInMemory() {
      return 0;
    }
  }

  private final class Store implements ColumnWriteStore {
    @Override
    public ColumnWriter getColumnWriter(ColumnDescriptor column) {
      return columns.get(column);
    }

    @Override
    public void flush() {}

    @Override
    public long getAllocatedSize() {
      return 0;
    }

    @Override
    public long getBufferedSize() {
      return 0;
    }

    @Override
    public String memUsageString() {
      return "";
    }

    @Override
    public void endRecord() {}

    @Override
    public void close() {}

    @Override
    public boolean isColumnFlushNeeded() {
      return false;
    }
  }
}
