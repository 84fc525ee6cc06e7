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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Applies the changes of a bucket to its part of the base. The pages of the base wait, compressed,
 * until all changes are known; of these one a key is on the heap, and a few more of the last
 * minute.
 */
final class MergedBucket {
  private final PointInTime asOf;
  private final Instant baseEnd;
  private final List<SourcedPage> pages = new ArrayList<>();
  private final Map<ItemKey, LastChange> changes = new HashMap<>();

  /** Receives the items of the result. */
  interface Items {
    void add(byte[] block, int from, int length);
  }

  /**
   * @param baseEnd when the base was complete
   */
  MergedBucket(PointInTime asOf, Instant baseEnd) {
    this.asOf = asOf;
    this.baseEnd = baseEnd;
  }

  void add(BucketEntry entry) {
    if (entry.page() != null) {
      pages.add(entry.page());
    } else if (entry.change() != null) {
      changes
          .computeIfAbsent(entry.change().key(), key -> new LastChange(asOf))
          .add(entry.change());
    }
  }

  /** Passes on the items of the result, and counts them. */
  MergeCounts settle(Items out) {
    Map<ItemKey, Change> last = new HashMap<>();
    changes.forEach(
        (key, history) -> {
          checkBase(history);
          history.get().ifPresent(change -> last.put(key, change));
        });
    changes.clear();
    long base = 0;
    long replaced = 0;
    long deleted = 0;
    for (SourcedPage page : pages) {
      PageCursor cursor = page.cursor();
      while (cursor.next()) {
        base++;
        Change change = last.remove(cursor.key());
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
        base, base - replaced - deleted, replaced, deleted, added, withoutEffect);
  }

  private void checkBase(LastChange history) {
    if (history.mayBeInBase(baseEnd.toEpochMilli())) {
      throw new IllegalStateException(
          "it is not known whether the base has a change from about the end of its scan, %s: the point in time must be %d s later, or the stream have old images"
              .formatted(baseEnd, PointInTime.CLOCKS_MILLIS / 1000));
    }
  }

  /** Whether a change has made of the item what the base has: the scan had seen it already. */
  private static boolean isSame(PageItem item, Change change) {
    byte[] after = change.item();
    return change.kind() == Change.Kind.PUT
        && Arrays.equals(
            item.block(), item.from(), item.from() + item.length(), after, 0, after.length);
  }
}
