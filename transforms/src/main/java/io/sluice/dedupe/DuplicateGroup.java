/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dedupe;

import io.sluice.item.SourcedItem;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Chooses the one item to keep of those with the same primary key. The result does not depend on
 * the order in which they are added.
 */
abstract class DuplicateGroup {
  private long size;

  static DuplicateGroup of(DuplicatePolicy keep, @Nullable String orderBy) {
    return switch (keep) {
      case DISTINCT -> new Distinct();
      case LATEST -> new Ordered(ItemOrder.latest(orderBy));
      case FIRST -> new Ordered(ItemOrder.first(orderBy));
      case FAIL -> new Unique();
      case NONE -> throw new IllegalArgumentException("NONE has no winner");
    };
  }

  /**
   * Adds an item.
   *
   * @return the item, this one or one before, that is now known to be a duplicate; null if there is
   *     none
   */
  final @Nullable SourcedItem add(SourcedItem item) {
    size++;
    return compare(item);
  }

  final long size() {
    return size;
  }

  abstract @Nullable SourcedItem compare(SourcedItem item);

  abstract SourcedItem winner();

  /** Returns the items that neither win nor are duplicates of the winner. */
  abstract List<SourcedItem> rejected();

  /** Keeps the first by file and offset, and rejects every other. */
  private static final class Unique extends DuplicateGroup {
    /** Nearly always a single item. */
    private final List<SourcedItem> items = new ArrayList<>(1);

    @Override
    @Nullable SourcedItem compare(SourcedItem item) {
      items.add(item);
      return null;
    }

    @Override
    SourcedItem winner() {
      return Collections.min(items, ItemOrder.BY_ORIGIN);
    }

    @Override
    List<SourcedItem> rejected() {
      return items.stream().sorted(ItemOrder.BY_ORIGIN).skip(1).toList();
    }
  }

  /** Keeps one, and counts all others as duplicates. */
  private static final class Ordered extends DuplicateGroup {
    private final Comparator<SourcedItem> betterFirst;
    private @Nullable SourcedItem winner;

    Ordered(Comparator<SourcedItem> betterFirst) {
      this.betterFirst = betterFirst;
    }

    @Override
    @Nullable SourcedItem compare(SourcedItem item) {
      if (winner == null || betterFirst.compare(item, winner) < 0) {
        SourcedItem loser = winner;
        winner = item;
        return loser;
      }
      return item;
    }

    @Override
    SourcedItem winner() {
      return winner;
    }

    @Override
    List<SourcedItem> rejected() {
      return List.of();
    }
  }

  /**
   * Keeps the first of all by file and offset. Each other group of equal items yields one
   * rejection, and the rest of the group are its duplicates.
   */
  private static final class Distinct extends DuplicateGroup {
    private @Nullable SourcedItem only;

    /** Created with the second different item: nearly every key has just one. */
    private @Nullable Map<ByteBuffer, SourcedItem> firsts;

    @Override
    @Nullable SourcedItem compare(SourcedItem item) {
      if (only == null && firsts == null) {
        only = item;
        return null;
      }
      SourcedItem same = firsts == null ? only : firsts.get(item.content());
      if (same == null || !same.sameItem(item)) {
        keepDifferent(item);
        return null;
      }
      SourcedItem kept = earlier(same, item);
      if (firsts == null) {
        only = kept;
      } else {
        firsts.put(kept.content(), kept);
      }
      return kept == item ? same : item;
    }

    private void keepDifferent(SourcedItem item) {
      if (firsts == null) {
        firsts = new HashMap<>();
        firsts.put(only.content(), only);
      }
      firsts.put(item.content(), item);
    }

    private static SourcedItem earlier(SourcedItem a, SourcedItem b) {
      return ItemOrder.BY_ORIGIN.compare(a, b) <= 0 ? a : b;
    }

    @Override
    SourcedItem winner() {
      return firsts == null
          ? only
          : firsts.values().stream().reduce(Distinct::earlier).orElseThrow();
    }

    @Override
    List<SourcedItem> rejected() {
      if (firsts == null) {
        return List.of();
      }
      SourcedItem winner = winner();
      return firsts.values().stream().filter(item -> !item.sameItem(winner)).toList();
    }
  }
}
