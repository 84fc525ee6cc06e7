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
 * Divides one sorted map into many by the first two bytes of the keys, so that a search meets few
 * keys if they begin with a hash. Each step of a search in a large map waits for memory.
 */
final class MemoryMap implements ByteMap {

  private static final int ROW = 1 << Byte.SIZE;
  private static final int SHARDS = ROW * ROW;

  private final String name;
  private final AtomicReferenceArray<AtomicReferenceArray<NavigableMap<byte[], byte[]>>> rows =
      new AtomicReferenceArray<>(ROW);
  private final LongAdder entries = new LongAdder();
  private final LongAdder weight = new LongAdder();

  MemoryMap(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<byte[]> get(byte[] key) {
    NavigableMap<byte[], byte[]> shard = find(index(key));
    return shard == null ? Optional.empty() : Optional.ofNullable(shard.get(key));
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
    if (change.value() == null) {
      NavigableMap<byte[], byte[]> shard = find(index(change.key()));
      if (shard != null) {
        shard.remove(change.key());
      }
    } else {
      shard(index(change.key())).put(change.key(), change.value());
    }
    if (change.entries() != 0) {
      entries.add(change.entries());
    }
    if (change.weight() != 0) {
      weight.add(change.weight());
    }
  }

  /** Finds a shard; null if it has not been needed yet. */
  private NavigableMap<byte[], byte[]> find(int index) {
    AtomicReferenceArray<NavigableMap<byte[], byte[]>> row = rows.get(index / ROW);
    return row == null ? null : row.get(index % ROW);
  }

  /** Finds a shard or makes it. */
  private NavigableMap<byte[], byte[]> shard(int index) {
    AtomicReferenceArray<NavigableMap<byte[], byte[]>> row = rows.get(index / ROW);
    if (row == null) {
      rows.compareAndSet(index / ROW, null, new AtomicReferenceArray<>(ROW));
      row = rows.get(index / ROW);
    }
    NavigableMap<byte[], byte[]> shard = row.get(index % ROW);
    if (shard == null) {
      row.compareAndSet(index % ROW, null, new ConcurrentSkipListMap<>(Arrays::compareUnsigned));
      shard = row.get(index % ROW);
    }
    return shard;
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
    private Iterator<Map.Entry<byte[], byte[]>> shard = Collections.emptyIterator();

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
        if (rows.get(next / ROW) == null) {
          next = step > 0 ? (next / ROW + 1) * ROW : next / ROW * ROW - 1;
        } else {
          shard = read(next);
          next += step;
        }
      }
      return shard.hasNext();
    }

    @Override
    public Entry next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Map.Entry<byte[], byte[]> entry = shard.next();
      return new Entry(entry.getKey(), entry.getValue());
    }

    private Iterator<Map.Entry<byte[], byte[]>> read(int index) {
      NavigableMap<byte[], byte[]> range = find(index);
      if (range == null || to.isPresent() && Arrays.compareUnsigned(from, to.get()) >= 0) {
        return Collections.emptyIterator();
      }
      if (index == index(from)) {
        range = range.tailMap(from, true);
      }
      if (to.isPresent() && index == index(to.get())) {
        range = range.headMap(to.get(), false);
      }
      return (step > 0 ? range : range.descendingMap()).entrySet().iterator();
    }
  }
}
