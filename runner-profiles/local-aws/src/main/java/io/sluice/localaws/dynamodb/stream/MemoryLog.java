/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps records in memory, in a ring that grows. */
final class MemoryLog implements RecordLog {

  private static final int LEAST = 16;

  private StreamRecord[] ring = new StreamRecord[LEAST];
  private int head;
  private int size;

  @Override
  public void append(StreamRecord record) {
    if (size == ring.length) {
      resize(2 * size);
    }
    ring[(head + size) & (ring.length - 1)] = record;
    size++;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Optional<StreamRecord> oldest() {
    return size == 0 ? Optional.empty() : Optional.of(at(0));
  }

  @Override
  public void dropOldest() {
    ring[head] = null;
    head = (head + 1) & (ring.length - 1);
    size--;
    if (size < ring.length / 4 && ring.length > LEAST) {
      resize(ring.length / 2);
    }
  }

  @Override
  public List<StreamRecord> read(long from, int limit, long maxBytes) {
    List<StreamRecord> page = new ArrayList<>();
    long bytes = 0;
    for (int i = indexOf(from); i < size && page.size() < limit; i++) {
      bytes += at(i).size();
      if (bytes > maxBytes && !page.isEmpty()) {
        break;
      }
      page.add(at(i));
    }
    return page;
  }

  @Override
  public boolean hasFrom(long from) {
    return size > 0 && at(size - 1).sequence() >= from;
  }

  /** Finds the first record with a sequence number of {@code from} or more. */
  private int indexOf(long from) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (at(middle).sequence() < from) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private StreamRecord at(int index) {
    return ring[(head + index) & (ring.length - 1)];
  }

  private void resize(int length) {
    StreamRecord[] next = new StreamRecord[length];
    int first = Math.min(size, ring.length - head);
    System.arraycopy(ring, head, next, 0, first);
    System.arraycopy(ring, 0, next, first, size - first);
    ring = next;
    head = 0;
  }
}
