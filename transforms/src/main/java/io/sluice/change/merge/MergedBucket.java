/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import io.sluice.change.record.Change;
import io.sluice.item.ItemKey;
import io.sluice.item.page.PageCursor;
import io.sluice.item.page.PageItem;
import io.sluice.item.page.SourcedPage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Applies the changes of a bucket to its part of the base. The pages of the base wait, compressed,
 * until all changes are known; of these one a key is on the heap, and a few more of the last
 * minute.
 */
final class MergedBucket {
  private final MergeRules rules;
  private final List<SourcedPage> pages = new ArrayList<>();
  private final Map<ItemKey, KeyChanges> changes = new HashMap<>();

  /** Receives the items of the result. */
  interface Items {
    void add(byte[] block, int from, int length);
  }

  /**
   * @param rules say which change of a key decides
   */
  MergedBucket(MergeRules rules) {
    this.rules = rules;
  }

  void add(BucketEntry entry) {
    if (entry.page() != null) {
      pages.add(entry.page());
    }
    for (Change change : entry.changes()) {
      changes.computeIfAbsent(change.key(), key -> rules.ofKey()).add(change);
    }
  }

  /** Passes on the items of the result, and counts them. */
  MergeCounts settle(Items out) {
    Map<ItemKey, Change> last = new HashMap<>();
    long ties = 0;
    for (Map.Entry<ItemKey, KeyChanges> entry : changes.entrySet()) {
      entry.getValue().last().ifPresent(change -> last.put(entry.getKey(), change));
      ties += entry.getValue().isTied() ? 1 : 0;
    }
    changes.clear();
    Marks marks = new Marks(last.keySet());
    long base = 0;
    long replaced = 0;
    long deleted = 0;
    for (SourcedPage page : pages) {
      PageCursor cursor = page.cursor();
      while (cursor.next()) {
        base++;
        ItemKey key = cursor.key();
        Change change = marks.mayHave(key) ? last.remove(key) : null;
        PageItem item = cursor.item();
        if (change == null || isSame(item, change)) {
          out.add(item.block(), item.from(), item.length());
        } else if (change.kind() == Change.Kind.PUT) {
          replaced++;
          out.add(change.item(), 0, change.item().length);
        } else {
          deleted++;
        }
      }
    }
    long added = 0;
    long withoutEffect = 0;
    for (Change change : last.values()) {
      if (change.kind() == Change.Kind.PUT) {
        added++;
        out.add(change.item(), 0, change.item().length);
      } else {
        withoutEffect++;
      }
    }
    return new MergeCounts(
        base, base - replaced - deleted, replaced, deleted, added, withoutEffect, ties);
  }

  /** Whether a change has made of the item what the base has: the scan had seen it already. */
  private static boolean isSame(PageItem item, Change change) {
    byte[] after = change.item();
    return change.kind() == Change.Kind.PUT
        && Arrays.equals(
            item.block(), item.from(), item.from() + item.length(), after, 0, after.length);
  }

  /**
   * Says of most keys that they have no change, without a look at the map of changes, whose parts
   * are all over the memory.
   */
  private static final class Marks {
    private static final int BITS_OF_KEY = 16;
    private static final int MOST_BITS = 1 << 30;

    private final BitSet bits;
    private final int mask;

    Marks(Set<ItemKey> keys) {
      long wanted = Math.min(MOST_BITS, Math.max(1L, keys.size()) * BITS_OF_KEY);
      this.mask = Integer.highestOneBit((int) wanted) - 1;
      this.bits = new BitSet(mask + 1);
      keys.forEach(key -> bits.set(key.hashCode() & mask));
    }

    boolean mayHave(ItemKey key) {
      return bits.get(key.hashCode() & mask);
    }
  }
}
