/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.storage;

import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Divides the keys by their first two bytes, so that a search meets few of them if they begin with
 * a hash: each step of a search in a large map waits for memory. Few entries are in an array, many
 * in a map of their own.
 */
final class MemoryMap implements ByteMap {

  private static final int ROW = 1 << Byte.SIZE;
  private static final int SHARDS = ROW * ROW;

  private final String name;
  // A shard is null, the array of FewEntries, or a Large map.
  private final AtomicReferenceArray<AtomicReferenceArray<Object>> rows =
      new AtomicReferenceArray<>(ROW);
  private final LongAdder entries = new LongAdder();
  private final LongAdder weight = new LongAdder();
  private volatile boolean dropped;

  MemoryMap(String name) {
    this.name = name;
  }

  /** Holds a shard of many entries. */
  private static final class Large extends ConcurrentSkipListMap<byte[], byte[]> {

    private static final long serialVersionUID = 1L;

    Large(byte[][] few) {
      super(Arrays::compareUnsigned);
      for (int i = 0; i < few.length; i += 2) {
        put(few[i], few[i + 1]);
      }
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<byte[]> get(byte[] key) {
    int index = index(key);
    AtomicReferenceArray<Object> row = rows.get(index / ROW);
    Object shard = row == null ? null : row.get(index % ROW);
    checkThere();
    if (shard instanceof byte[][] few) {
      return Optional.ofNullable(FewEntries.get(few, key));
    }
    return shard == null ? Optional.empty() : Optional.ofNullable(((Large) shard).get(key));
  }

  @Override
  public long entries() {
    return entries.sum();
  }

  @Override
  public long weight() {
    return weight.sum();
  }

  @Override
  public Iterator<Entry> ascending(byte[] from, Optional<byte[]> to) {
    return new Entries(from, to, index(from), to.map(MemoryMap::index).orElse(SHARDS - 1), 1);
  }

  @Override
  public Iterator<Entry> descending(byte[] from, Optional<byte[]> to) {
    return new Entries(from, to, to.map(MemoryMap::index).orElse(SHARDS - 1), index(from), -1);
  }

  /** Makes a change of a batch. */
  void apply(Batch.Change change) {
    int index = index(change.key());
    AtomicReferenceArray<Object> row = row(index / ROW);
    boolean done = false;
    while (!done) {
      Object shard = row.get(index % ROW);
      if (shard instanceof Large large) {
        change(large, change);
        done = true;
      } else {
        byte[][] few = shard == null ? FewEntries.none() : (byte[][]) shard;
        done = row.compareAndSet(index % ROW, shard, changed(few, change));
      }
    }
    if (change.entries() != 0) {
      entries.add(change.entries());
    }
    if (change.weight() != 0) {
      weight.add(change.weight());
    }
  }

  private static void change(Large large, Batch.Change change) {
    if (change.value() == null) {
      large.remove(change.key());
    } else {
      large.put(change.key(), change.value());
    }
  }

  private static Object changed(byte[][] few, Batch.Change change) {
    byte[][] changed =
        change.value() == null
            ? FewEntries.remove(few, change.key())
            : FewEntries.put(few, change.key(), change.value());
    return changed.length > 2 * FewEntries.MOST ? new Large(changed) : changed;
  }

  /** Lets go of all entries, whoever may still hold the map; the books stay as they are. */
  void drop() {
    // First of all: whoever finds an entry gone must find this.
    dropped = true;
    for (int row = 0; row < ROW; row++) {
      rows.set(row, null);
    }
  }

  private void checkThere() {
    if (dropped) {
      throw new DroppedMapException(name);
    }
  }

  /** Finds a row of shards or makes it. */
  private AtomicReferenceArray<Object> row(int number) {
    AtomicReferenceArray<Object> row = rows.get(number);
    if (row != null) {
      return row;
    }
    AtomicReferenceArray<Object> made = new AtomicReferenceArray<>(ROW);
    AtomicReferenceArray<Object> other = rows.compareAndExchange(number, null, made);
    return other == null ? made : other;
  }

  /** Reads the first two bytes of a key, which has zeros behind its end. */
  private static int index(byte[] key) {
    int first = key.length > 0 ? key[0] & 0xFF : 0;
    int second = key.length > 1 ? key[1] & 0xFF : 0;
    return first * ROW + second;
  }

  /** Reads one shard after the other. */
  private final class Entries implements Iterator<Entry> {

    private final byte[] from;
    private final Optional<byte[]> to;
    private final int last;
    private final int step;
    private int next;
    private Iterator<Entry> shard = Collections.emptyIterator();

    Entries(byte[] from, Optional<byte[]> to, int first, int last, int step) {
      this.from = from;
      this.to = to;
      this.last = last;
      this.step = step;
      this.next = first;
    }

    @Override
    public boolean hasNext() {
      while (!shard.hasNext() && (last - next) * step >= 0) {
        AtomicReferenceArray<Object> row = rows.get(next / ROW);
        if (row == null) {
          next = step > 0 ? (next / ROW + 1) * ROW : next / ROW * ROW - 1;
        } else {
          shard = read(row.get(next % ROW), next);
          next += step;
        }
      }
      checkThere();
      return shard.hasNext();
    }

    @Override
    public Entry next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return shard.next();
    }

    private Iterator<Entry> read(Object range, int index) {
      if (range == null || to.isPresent() && Arrays.compareUnsigned(from, to.get()) >= 0) {
        return Collections.emptyIterator();
      }
      boolean first = index == index(from);
      boolean last = to.isPresent() && index == index(to.get());
      return range instanceof byte[][] few
          ? read(few, first, last)
          : read((Large) range, first, last);
    }

    private Iterator<Entry> read(byte[][] few, boolean first, boolean last) {
      return FewEntries.read(
          few, first ? place(few, from) : 0, last ? place(few, to.get()) : few.length, step > 0);
    }

    private static int place(byte[][] few, byte[] key) {
      int found = FewEntries.find(few, key);
      return found < 0 ? ~found : found;
    }

    private Iterator<Entry> read(Large large, boolean first, boolean last) {
      NavigableMap<byte[], byte[]> range = large;
      if (first) {
        range = range.tailMap(from, true);
      }
      if (last) {
        range = range.headMap(to.get(), false);
      }
      Iterator<Map.Entry<byte[], byte[]>> found =
          (step > 0 ? range : range.descendingMap()).entrySet().iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return found.hasNext();
        }

        @Override
        public Entry next() {
          Map.Entry<byte[], byte[]> entry = found.next();
          return new Entry(entry.getKey(), entry.getValue());
        }
      };
    }
  }
}
