/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import io.sluice.capacity.TimeSource;
import io.sluice.item.ItemKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * Knows the answers that were given lately, and the keys that are asked for. Those that were not
 * used for longest are forgotten when there is no room. Safe for use by several threads.
 */
final class AnswerCache {
  /** Enough that the workers of a JVM hardly wait for each other; a power of two. */
  private static final int PARTS = 16;

  private static final int BITS_OF_PART = Integer.numberOfTrailingZeros(PARTS);

  private final List<Part> parts = new ArrayList<>();
  private final TimeSource time;
  private final long lifeNanos;

  /**
   * Creates an empty cache.
   *
   * @param bytes of heap that answers may take, roughly, above 0
   * @param life how long an answer is known, above 0
   */
  AnswerCache(long bytes, Duration life, TimeSource time) {
    this.time = time;
    this.lifeNanos = life.toNanos();
    for (int i = 0; i < PARTS; i++) {
      parts.add(new Part(bytes / PARTS));
    }
  }

  /** An entry: its answer is on its way while it takes no bytes. */
  private static final class Entry {
    final Asked asked;
    int bytes;
    long answeredAt;

    Entry(Asked asked) {
      this.asked = asked;
    }

    boolean isAnswered() {
      return bytes > 0;
    }
  }

  private static final class Part {
    private final long mostBytes;
    private final LinkedHashMap<ItemKey, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    Part(long mostBytes) {
      this.mostBytes = mostBytes;
    }

    void makeRoom() {
      Iterator<Entry> longestUnused = entries.values().iterator();
      while (bytes > mostBytes && longestUnused.hasNext()) {
        Entry entry = longestUnused.next();
        if (entry.isAnswered()) {
          longestUnused.remove();
          bytes -= entry.bytes;
        }
      }
    }
  }

  private Part partOf(ItemKey key) {
    // By other bits than a map goes by: the keys of a part would have few buckets in it.
    return parts.get(key.hashCode() >>> (Integer.SIZE - BITS_OF_PART));
  }

  /**
   * Returns the answer for a key.
   *
   * @param ask asks for it if it is neither known nor asked for; must not use this cache
   */
  Asked get(ItemKey key, Function<ItemKey, Asked> ask) {
    Part part = partOf(key);
    synchronized (part) {
      Entry entry = part.entries.get(key);
      if (entry != null && !(entry.isAnswered() && time.nanos() - entry.answeredAt > lifeNanos)) {
        return entry.asked;
      }
      if (entry != null) {
        part.bytes -= entry.bytes;
      }
      Asked first = ask.apply(key);
      part.entries.put(key, new Entry(first));
      return first;
    }
  }

  /** Answers, and knows the answer from then on. */
  void answer(Asked asked, Answer answer) {
    Part part = partOf(asked.key());
    synchronized (part) {
      Entry entry = part.entries.get(asked.key());
      if (entry != null && entry.asked == asked) {
        entry.bytes = answer.heapBytes(asked.key().bytes().length);
        entry.answeredAt = time.nanos();
        part.bytes += entry.bytes;
        part.makeRoom();
      }
    }
    asked.complete(answer);
  }

  /** Answers that it is not known: who asks again has it read again. */
  void fail(Asked asked, Exception why) {
    Part part = partOf(asked.key());
    synchronized (part) {
      Entry entry = part.entries.get(asked.key());
      if (entry != null && entry.asked == asked && !entry.isAnswered()) {
        part.entries.remove(asked.key());
      }
    }
    asked.complete(Answer.failed(why));
  }
}
