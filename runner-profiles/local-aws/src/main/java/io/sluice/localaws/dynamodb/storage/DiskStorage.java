/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.storage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * Keeps maps in a folder, in RocksDB.
 *
 * <p>A batch is in the log of the database, in the hands of the operating system, when its write
 * returns: it outlives the process, however that ends, but perhaps not a crash of the machine.
 */
public final class DiskStorage extends Storage {

  private static final int MAX_READ_BYTES = 256 * 1024;

  private final DataFolder folder;
  private final DiskOptions options;
  private final RocksDB database;
  // A native library does not survive a call to a database that is closed meanwhile.
  private final ReadWriteLock closing = new ReentrantReadWriteLock();
  private final Map<String, DiskMap> maps = new TreeMap<>();
  private int lastNumber;
  private boolean closed;

  private DiskStorage(DataFolder folder, DiskOptions options, RocksDB database) {
    this.folder = folder;
    this.options = options;
    this.database = database;
  }

  /**
   * Holds a part of a range.
   *
   * @param isLast whether the range ends with it; there is at least one entry if not
   */
  record Part(List<ByteMap.Entry> entries, boolean isLast) {}

  /** Does something with the database. */
  private interface Use<T> {
    T use() throws RocksDBException;
  }

  /**
   * Opens the data in a folder, which is made if it is missing.
   *
   * @throws StorageException if it cannot be opened, or has data that are not ours
   */
  public static DiskStorage open(Path path) {
    DataFolder folder = DataFolder.claim(path);
    DiskOptions options = null;
    RocksDB database = null;
    try {
      DiskLibrary.load(folder.nativeCode());
      options = new DiskOptions();
      database = RocksDB.open(options.database(), folder.database().toString());
      DiskStorage storage = new DiskStorage(folder, options, database);
      storage.readNames();
      return storage;
    } catch (RocksDBException | RuntimeException e) {
      if (database != null) {
        database.close();
      }
      if (options != null) {
        options.close();
      }
      folder.close();
      throw e instanceof StorageException known ? known : folder.damaged(e);
    }
  }

  @Override
  public synchronized ByteMap map(String name) {
    DiskMap map = maps.get(name);
    if (map == null) {
      map = new DiskMap(this, name, ++lastNumber, 0, 0);
      DiskMap added = map;
      run(
          () -> {
            database.put(options.write(), DiskKeys.name(name), added.prefix());
            return null;
          });
      maps.put(name, map);
    }
    return map;
  }

  @Override
  public synchronized Set<String> names() {
    return new TreeSet<>(maps.keySet());
  }

  @Override
  public synchronized void drop(String name) {
    DiskMap map = maps.get(name);
    if (map == null) {
      return;
    }
    byte[] end = ByteMap.after(map.prefix());
    // First of all: whoever finds an entry gone must find this.
    map.drop(true);
    try {
      run(() -> remove(map, end));
    } catch (RuntimeException e) {
      map.drop(false);
      throw e;
    }
    maps.remove(name);
    run(
        () -> {
          database.deleteFilesInRanges(
              database.getDefaultColumnFamily(), List.of(map.prefix(), end), false);
          return null;
        });
  }

  private DiskMap remove(DiskMap map, byte[] end) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      batch.delete(DiskKeys.name(map.name()));
      batch.delete(DiskKeys.entries(map.prefix()));
      batch.delete(DiskKeys.weight(map.prefix()));
      batch.deleteRange(map.prefix(), end);
      database.write(options.write(), batch);
    }
    return map;
  }

  @Override
  public boolean isDurable() {
    return true;
  }

  @Override
  public void close() {
    closing.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        database.close();
        options.close();
        folder.close();
      }
    } finally {
      closing.writeLock().unlock();
    }
  }

  @Override
  void apply(Batch batch) {
    if (batch.changes().isEmpty()) {
      return;
    }
    Map<DiskMap, long[]> books = new HashMap<>();
    run(
        () -> {
          try (WriteBatch write = new WriteBatch()) {
            for (Batch.Change change : batch.changes()) {
              DiskMap map = (DiskMap) change.map();
              if (change.value() == null) {
                write.delete(map.full(change.key()));
              } else {
                write.put(map.full(change.key()), change.value());
              }
              long[] sums = books.computeIfAbsent(map, added -> new long[2]);
              sums[0] += change.entries();
              sums[1] += change.weight();
            }
            for (Map.Entry<DiskMap, long[]> sums : books.entrySet()) {
              add(write, DiskKeys.entries(sums.getKey().prefix()), sums.getValue()[0]);
              add(write, DiskKeys.weight(sums.getKey().prefix()), sums.getValue()[1]);
            }
            database.write(options.write(), write);
          }
          return null;
        });
    books.forEach((map, sums) -> map.count(sums[0], sums[1]));
  }

  /** Finds the value of a key of the database. */
  Optional<byte[]> get(byte[] key) {
    return Optional.ofNullable(run(() -> database.get(key)));
  }

  /** Reads the first entries of a range of the database, or the last ones backwards. */
  Part read(byte[] from, byte[] to, boolean ascends, int count) {
    return run(
        () -> {
          try (RocksIterator iterator = database.newIterator()) {
            return ascends ? first(iterator, from, to, count) : last(iterator, from, to, count);
          }
        });
  }

  private static Part first(RocksIterator iterator, byte[] from, byte[] to, int count)
      throws RocksDBException {
    List<ByteMap.Entry> found = new ArrayList<>();
    int bytes = 0;
    iterator.seek(from);
    while (found.size() < count && bytes < MAX_READ_BYTES && iterator.isValid()) {
      byte[] key = iterator.key();
      if (Arrays.compareUnsigned(key, to) >= 0) {
        return new Part(found, true);
      }
      byte[] value = iterator.value();
      bytes += value.length;
      found.add(new ByteMap.Entry(key, value));
      iterator.next();
    }
    iterator.status();
    return new Part(found, !iterator.isValid());
  }

  private static Part last(RocksIterator iterator, byte[] from, byte[] to, int count)
      throws RocksDBException {
    List<ByteMap.Entry> found = new ArrayList<>();
    int bytes = 0;
    iterator.seekForPrev(to);
    while (found.size() < count && bytes < MAX_READ_BYTES && iterator.isValid()) {
      byte[] key = iterator.key();
      if (Arrays.compareUnsigned(key, from) < 0) {
        return new Part(found, true);
      }
      if (Arrays.compareUnsigned(key, to) < 0) {
        byte[] value = iterator.value();
        bytes += value.length;
        found.add(new ByteMap.Entry(key, value));
      }
      iterator.prev();
    }
    iterator.status();
    return new Part(found, !iterator.isValid());
  }

  private void readNames() throws RocksDBException {
    byte[] end = ByteMap.after(DiskKeys.NAMES);
    try (RocksIterator iterator = database.newIterator()) {
      iterator.seek(DiskKeys.NAMES);
      while (iterator.isValid() && Arrays.compareUnsigned(iterator.key(), end) < 0) {
        String name = DiskKeys.name(iterator.key());
        byte[] prefix = iterator.value();
        int number = DiskKeys.number(prefix);
        lastNumber = Math.max(lastNumber, number);
        maps.put(
            name,
            new DiskMap(
                this, name, number, sum(DiskKeys.entries(prefix)), sum(DiskKeys.weight(prefix))));
        iterator.next();
      }
      iterator.status();
    }
  }

  private long sum(byte[] key) throws RocksDBException {
    byte[] sum = database.get(key);
    return sum == null ? 0 : DiskKeys.sum(sum);
  }

  private static void add(WriteBatch batch, byte[] key, long more) throws RocksDBException {
    if (more != 0) {
      batch.merge(key, DiskKeys.sum(more));
    }
  }

  private <T> T run(Use<T> use) {
    closing.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the storage is closed");
      }
      return use.use();
    } catch (RocksDBException e) {
      throw new StorageException("The data of DynamoDB on disk: " + e.getMessage(), e);
    } finally {
      closing.readLock().unlock();
    }
  }
}
