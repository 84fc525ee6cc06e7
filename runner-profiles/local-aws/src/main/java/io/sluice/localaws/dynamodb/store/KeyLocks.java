/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Has those take turns who write the same partition; few others wait with them. */
final class KeyLocks {

  private static final int LOCKS = 256;

  private final List<ReentrantLock> locks =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

  /** Runs {@code action} while nobody else writes the partition of a key. */
  <T> T with(byte[] key, Supplier<T> action) {
    ReentrantLock lock = locks.get(index(key));
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /** Runs {@code action} while nobody else writes the partitions of some keys. */
  <T> T withAll(Collection<byte[]> keys, Supplier<T> action) {
    // All take them in this order, so nobody waits for someone who waits for him.
    return locked(keys.stream().mapToInt(KeyLocks::index).sorted().distinct().toArray(), action);
  }

  /** Runs {@code action} while nobody else writes anything. */
  <T> T withEvery(Supplier<T> action) {
    return locked(IntStream.range(0, LOCKS).toArray(), action);
  }

  private static int index(byte[] key) {
    return KeyBytes.hash(key) & (LOCKS - 1);
  }

  private <T> T locked(int[] indexes, Supplier<T> action) {
    int held = 0;
    try {
      for (int index : indexes) {
        locks.get(index).lock();
        held++;
      }
      return action.get();
    } finally {
      while (held > 0) {
        locks.get(indexes[--held]).unlock();
      }
    }
  }
}
