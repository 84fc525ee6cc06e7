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
 * Divides one sorted map into many by the first bits of the keys, so that searches are shorter if
 * keys begin with a hash.
 */
final class MemoryMap implements ByteMap {

  private static final int BITS = 10;
  private static final int SHARDS = 1 << BITS;

  private final String name;
  private final AtomicReferenceArray<NavigableMap<byte[], byte[]>> shards =
      new AtomicReferenceArray<>(SHARDS);
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
    NavigableMap<byte[], byte[]> shard = shards.get(index(key));
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
      NavigableMap<byte[], byte[]> shard = shards.get(index(change.key()));
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

  private NavigableMap<byte[], byte[]> shard(int index) {
    NavigableMap<byte[], byte[]> shard = shards.get(index);
    if (shard == null) {
      shards.compareAndSet(index, null, new ConcurrentSkipListMap<>(Arrays::compareUnsigned));
      shard = shards.get(index);
    }
    return shard;
  }

  /** Reads the first bits of a key, which has zeros behind its end. */
  private static int index(byte[] key) {
    int first = key.length > 0 ? key[0] & 0xFF : 0;
    int second = key.length > 1 ? key[1] & 0xFF : 0;
    return (first << 8 | second) >>> (Short.SIZE - BITS);
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
        shard = read(next);
        next += step;
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
      NavigableMap<byte[], byte[]> range = shards.get(index);
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
