/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.diff;

import io.sluice.item.ItemCoder;
import io.sluice.item.ItemDiff;
import io.sluice.item.ItemKey;
import io.sluice.item.page.PageCursor;
import io.sluice.item.page.PageItem;
import io.sluice.item.page.SourcedPage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Compares the items of a bucket of keys: those of the earlier state are on the heap, decompressed,
 * until all of them are known, and those of the later one wait in compressed pages.
 */
final class BucketDiff {
  /** Stands for the item of a key that the later state has; no item has no bytes. */
  private static final PageItem MET = new PageItem(new byte[0], 0, 0, "", 0);

  private final Map<ItemKey, PageItem> items = new HashMap<>();
  private final List<SourcedPage> later = new ArrayList<>();

  /** Receives the differences. */
  interface Differences {
    /**
     * Receives one.
     *
     * @param key of the item
     * @param from the item in the earlier state; null if it is new
     * @param to the item in the later state; null if it is gone
     */
    void add(
        ItemKey key,
        @Nullable Map<String, AttributeValue> from,
        @Nullable Map<String, AttributeValue> to);
  }

  void addFrom(SourcedPage page) {
    PageCursor cursor = page.cursor();
    while (cursor.next()) {
      if (items.put(cursor.key(), cursor.item()) != null) {
        throw twice("from");
      }
    }
  }

  void addTo(SourcedPage page) {
    later.add(page);
  }

  /** Passes on the differences, and counts them; to be called once. */
  DiffCounts settle(Differences out) {
    long from = items.size();
    long to = 0;
    long added = 0;
    long changed = 0;
    AttributeCounts attributes = new AttributeCounts();
    for (SourcedPage page : later) {
      PageCursor cursor = page.cursor();
      while (cursor.next()) {
        to++;
        ItemKey key = cursor.key();
        PageItem before = items.put(key, MET);
        PageItem after = cursor.item();
        if (before == null) {
          added++;
          out.add(key, null, decoded(after));
        } else if (isMet(before)) {
          throw twice("to");
        } else if (!hasSameBytes(before, after)) {
          Map<String, AttributeValue> old = decoded(before);
          Map<String, AttributeValue> now = decoded(after);
          Set<String> differing = ItemDiff.differing(old, now);
          if (!differing.isEmpty()) {
            changed++;
            differing.forEach(name -> attributes.add(name, 1));
            out.add(key, old, now);
          }
        }
      }
    }
    later.clear();
    long removed = 0;
    for (Map.Entry<ItemKey, PageItem> left : items.entrySet()) {
      if (!isMet(left.getValue())) {
        removed++;
        out.add(left.getKey(), decoded(left.getValue()), null);
      }
    }
    return new DiffCounts(
        from,
        to,
        added,
        changed,
        removed,
        from - removed - changed,
        attributes.names(),
        attributes.others());
  }

  private static boolean isMet(PageItem item) {
    return item.length() == 0;
  }

  private static boolean hasSameBytes(PageItem a, PageItem b) {
    return Arrays.equals(
        a.block(), a.from(), a.from() + a.length(), b.block(), b.from(), b.from() + b.length());
  }

  private static Map<String, AttributeValue> decoded(PageItem item) {
    return ItemCoder.fromBytes(
        Arrays.copyOfRange(item.block(), item.from(), item.from() + item.length()));
  }

  private static IllegalStateException twice(String side) {
    return new IllegalStateException(
        "an item of --"
            + side
            + " came twice: a worker was lost or began again while others went on");
  }
}
