/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dedupe;

import io.sluice.item.ItemKey;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.PageCursor;
import io.sluice.item.page.PageItem;
import io.sluice.item.page.SourcedPage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Chooses one item for each key among the pages of a bucket, in one pass. A page is passed on as it
 * is, without the items that lost, so that nothing is compressed again. The choice does not depend
 * on the order of the pages.
 *
 * <p>The pages that have an item which may yet win are on the heap, compressed and decompressed. A
 * page whose items have all lost is dropped at once: a key that repeats thousands of times takes no
 * more memory than one that does not. Items that are to be rejected are kept, however many there
 * are.
 */
final class BucketOfPages {
  private final DuplicatePolicy keep;
  private final @Nullable String orderBy;
  private final Map<ItemKey, Candidate> first = new HashMap<>();
  private final List<Page> pages = new ArrayList<>();
  private int lost;
  private long duplicates;

  BucketOfPages(DuplicatePolicy keep, @Nullable String orderBy) {
    this.keep = keep;
    this.orderBy = orderBy;
  }

  /** A page, and which of its items have lost. */
  private static final class Page {
    final SourcedPage page;
    final BitSet losers = new BitSet();
    int left;

    Page(SourcedPage page) {
      this.page = page;
      this.left = page.count();
    }
  }

  /** An item that may win. The first of its key knows the others, also when it has lost. */
  private static final class Candidate {
    final int number;
    @Nullable Page page;
    @Nullable PageItem item;
    @Nullable Contest contest;

    Candidate(Page page, int number, PageItem item) {
      this.page = page;
      this.number = number;
      this.item = item;
    }
  }

  /** Several items with one key. */
  private static final class Contest {
    final DuplicateGroup group;
    final Map<SourcedItem, Candidate> candidates = new IdentityHashMap<>(4);

    Contest(DuplicateGroup group) {
      this.group = group;
    }
  }

  /** Receives what was rejected, each with the item that was kept in its place. */
  interface Rejected {
    void accept(SourcedItem rejected, SourcedItem winner);
  }

  /** Adds the next page of the bucket. */
  void add(SourcedPage page) {
    Page added = new Page(page);
    pages.add(added);
    PageCursor cursor = page.cursor();
    while (cursor.next()) {
      Candidate candidate = new Candidate(added, cursor.number(), cursor.item());
      Candidate before = first.putIfAbsent(cursor.key(), candidate);
      if (before != null) {
        contest(before, candidate);
      }
    }
    if (2 * lost > pages.size()) {
      pages.removeIf(one -> one.left == 0);
      lost = 0;
    }
  }

  private void contest(Candidate before, Candidate candidate) {
    if (before.contest == null) {
      before.contest = new Contest(DuplicateGroup.of(keep, orderBy));
      add(before, before.contest);
    }
    add(candidate, before.contest);
  }

  private void add(Candidate candidate, Contest contest) {
    SourcedItem item = candidate.item.copy();
    contest.candidates.put(item, candidate);
    SourcedItem loser = contest.group.add(item);
    if (loser != null) {
      lose(contest.candidates.remove(loser));
      duplicates++;
    }
  }

  private void lose(Candidate loser) {
    loser.page.losers.set(loser.number);
    loser.page.left--;
    if (loser.page.left == 0) {
      lost++;
    }
    // It must not keep its page in memory.
    loser.page = null;
    loser.item = null;
  }

  /** Passes on the items that are rejected, and then the pages of those that won. */
  void settle(Rejected rejected, Consumer<SourcedPage> kept) {
    for (Candidate candidate : first.values()) {
      Contest contest = candidate.contest;
      if (contest != null) {
        SourcedItem winner = contest.group.winner();
        for (SourcedItem item : contest.group.rejected()) {
          lose(contest.candidates.remove(item));
          rejected.accept(item, winner);
        }
      }
    }
    for (Page page : pages) {
      if (page.left > 0) {
        kept.accept(page.losers.isEmpty() ? page.page : page.page.without(page.losers));
      }
    }
  }

  /** Returns how many pages are on the heap. */
  int held() {
    return pages.size();
  }

  /** Returns how many items were left out because another was kept, and not rejected. */
  long duplicates() {
    return duplicates;
  }
}
