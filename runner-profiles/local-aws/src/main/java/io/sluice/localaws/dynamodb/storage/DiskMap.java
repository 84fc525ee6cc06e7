/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.storage;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Reads the keys of a database that begin with the number of one map. */
final class DiskMap implements ByteMap {

  private final DiskStorage storage;
  private final String name;
  private final byte[] prefix;
  private final LongAdder entries = new LongAdder();
  private final LongAdder weight = new LongAdder();
  private volatile boolean dropped;

  /**
   * Reads the map with a number.
   *
   * @param number greater than 0, less than 2^31 - 1
   */
  DiskMap(DiskStorage storage, String name, int number, long entries, long weight) {
    this.storage = storage;
    this.name = name;
    this.prefix = DiskKeys.prefix(number);
    this.entries.add(entries);
    this.weight.add(weight);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<byte[]> get(byte[] key) {
    Optional<byte[]> found = storage.get(full(key));
    checkThere();
    return found;
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
    return new Entries(full(from), end(to), true);
  }

  @Override
  public Iterator<Entry> descending(byte[] from, Optional<byte[]> to) {
    return new Entries(full(from), end(to), false);
  }

  /** Gives the bytes that all keys of this map begin with in the database. */
  byte[] prefix() {
    return prefix;
  }

  /** Gives a key as the database has it. */
  byte[] full(byte[] key) {
    return DiskKeys.join(prefix, key);
  }

  /** Adds to the books. */
  void count(long moreEntries, long moreWeight) {
    entries.add(moreEntries);
    weight.add(moreWeight);
  }

  /** Says whether the map is dropped: before its entries are removed, or when that has failed. */
  void drop(boolean isDropped) {
    dropped = isDropped;
  }

  private void checkThere() {
    if (dropped) {
      throw new DroppedMapException(name);
    }
  }

  private byte[] end(Optional<byte[]> to) {
    return to.map(this::full).orElseGet(() -> ByteMap.after(prefix));
  }

  /** Reads some entries at a time, so that nothing stays open between them. */
  private final class Entries implements Iterator<Entry> {

    private static final int FIRST = 16;
    private static final int MOST = 512;

    private final boolean ascends;
    private byte[] from;
    private byte[] to;
    private int count = FIRST;
    private Iterator<Entry> read = List.<Entry>of().iterator();
    private boolean ended;

    Entries(byte[] from, byte[] to, boolean ascends) {
      this.from = from;
      this.to = to;
      this.ascends = ascends;
    }

    @Override
    public boolean hasNext() {
      while (!read.hasNext() && !ended) {
        DiskStorage.Part part = storage.read(from, to, ascends, count);
        List<Entry> more = part.entries();
        ended = part.isLast();
        if (!ended) {
          byte[] last = more.get(more.size() - 1).key();
          if (ascends) {
            from = Arrays.copyOf(last, last.length + 1);
          } else {
            to = last;
          }
        }
        count = Math.min(2 * count, MOST);
        read = more.iterator();
      }
      checkThere();
      return read.hasNext();
    }

    @Override
    public Entry next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Entry entry = read.next();
      byte[] key = entry.key();
      return new Entry(Arrays.copyOfRange(key, prefix.length, key.length), entry.value());
    }
  }
}
