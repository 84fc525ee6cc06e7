/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.verify;

import io.sluice.capacity.WriteCost;
import io.sluice.item.ItemCoder;
import io.sluice.item.ItemDiff;
import io.sluice.item.ItemKey;
import io.sluice.item.ItemSize;
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
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Compares the items of some pages, each key of which is there once, with those of a table as they
 * come: the pages are on the heap, decompressed, until all have come. Afterwards a page goes on
 * with a mask of the items that are the same in the table. Not thread-safe.
 */
final class ComparedPages {
  private final Map<ItemKey, Own> items = new HashMap<>();
  private final List<SourcedPage> pages = new ArrayList<>();
  private final List<BitSet> same = new ArrayList<>();
  private long changed;
  private long unchanged;
  private long savedUnits;
  private long bytes;

  private enum Met {
    NO,
    SAME,
    DIFFERENT
  }

  /** An item of ours, and what the table has in its place so far. */
  private static final class Own {
    final int page;
    final int number;
    final PageItem item;
    Met met = Met.NO;

    Own(int page, int number, PageItem item) {
      this.page = page;
      this.number = number;
      this.item = item;
    }
  }

  /**
   * Adds a page.
   *
   * @throws IllegalArgumentException when its items have no keys, or one that has come before
   */
  void add(SourcedPage page) {
    if (page.isOfDeletes()) {
      throw new IllegalArgumentException("keys to delete are no items");
    }
    PageCursor cursor = page.cursor();
    while (cursor.next()) {
      ItemKey key = cursor.key();
      if (key.bytes().length == 0) {
        throw new IllegalArgumentException("an item of a page was given no key");
      }
      Own own = new Own(pages.size(), cursor.number(), cursor.item());
      if (items.put(key, own) != null) {
        throw new IllegalArgumentException("a key came twice: deduplicate before");
      }
    }
    bytes += page.bytes();
    pages.add(page);
    same.add(new BitSet());
  }

  int size() {
    return items.size();
  }

  /** Returns the length of all pages, decompressed. */
  long bytes() {
    return bytes;
  }

  /** Returns the items, decoded one by one. */
  Iterable<Map<String, AttributeValue>> items() {
    return () -> items.values().stream().map(own -> decoded(own.item)).iterator();
  }

  /**
   * Compares an item of the table with ours of the same key. A second one of the key makes it
   * differ if either does: then the item was changed while the table was read again.
   *
   * @return whether there is one of ours
   */
  boolean meet(ItemKey key, PageItem other) {
    Own own = items.get(key);
    if (own == null) {
      return false;
    }
    if (hasSameBytes(own.item, other)) {
      met(own, true);
    } else {
      met(own, ItemDiff.differing(decoded(own.item), decoded(other)).isEmpty());
    }
    return true;
  }

  /** Compares an item of the table with ours of the same key, which must be there. */
  void meet(ItemKey key, Map<String, AttributeValue> other) {
    Own own = items.get(key);
    Set<String> differing = ItemDiff.differing(decoded(own.item), other);
    met(own, differing.isEmpty());
  }

  private static void met(Own own, boolean isSame) {
    own.met = isSame && own.met != Met.DIFFERENT ? Met.SAME : Met.DIFFERENT;
  }

  /**
   * Passes on the pages of the items that the table has otherwise, or not at all, and counts; to be
   * called once.
   */
  CompareCounts settle(Consumer<SourcedPage> differing) {
    for (Own own : items.values()) {
      if (own.met == Met.SAME) {
        same.get(own.page).set(own.number);
        unchanged++;
        savedUnits += WriteCost.units(ItemSize.of(decoded(own.item)));
      } else if (own.met == Met.DIFFERENT) {
        changed++;
      }
    }
    for (int i = 0; i < pages.size(); i++) {
      SourcedPage left = pages.get(i).without(same.get(i));
      if (left.count() > 0) {
        differing.accept(left);
      }
    }
    return new CompareCounts(
        items.size() - changed - unchanged, changed, unchanged, 0, 0, 0, savedUnits);
  }

  private static boolean hasSameBytes(PageItem a, PageItem b) {
    return Arrays.equals(
        a.block(), a.from(), a.from() + a.length(), b.block(), b.from(), b.from() + b.length());
  }

  private static Map<String, AttributeValue> decoded(PageItem item) {
    return ItemCoder.fromBytes(
        Arrays.copyOfRange(item.block(), item.from(), item.from() + item.length()));
  }
}
