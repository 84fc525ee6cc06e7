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
import io.sluice.item.page.Pager;
import io.sluice.item.page.SourcedPage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Chooses one item for each key among the pages of a bucket, in one pass. A page is passed on as it
 * is, with a mask of the items that lost, so that it is not compressed again. The choice does not
 * depend on the order of the pages.
 *
 * <p>The pages that have an item which may yet win are on the heap, compressed and decompressed. A
 * page whose items have all lost is dropped at once, and one with few that are left is made anew of
 * these. So what lost takes at most three times the memory of what may win, even for a key that
 * repeats a million times. Items that are to be rejected are kept, however many there are.
 */
final class BucketOfPages {
  /** A page is made anew when at most one of so many items is left. */
  private static final int SPARSE = 4;

  private final DuplicatePolicy keep;
  private final @Nullable String orderBy;
  private final Map<ItemKey, Candidate> first = new HashMap<>();
  private final Set<Page> pages = new LinkedHashSet<>();
  private final Set<Page> sparse = new LinkedHashSet<>();
  private long duplicates;

  BucketOfPages(DuplicatePolicy keep, @Nullable String orderBy) {
    this.keep = keep;
    this.orderBy = orderBy;
  }

  /** A page, and which of its items have lost. */
  private static final class Page {
    final SourcedPage page;
    final BitSet losers = new BitSet();

    /** By number; null for those that the page came without. */
    final List<@Nullable Candidate> candidates;

    int left;

    Page(SourcedPage page) {
      this.page = page;
      this.left = page.count();
      this.candidates = new ArrayList<>(left);
    }

    void add(int number, Candidate candidate) {
      while (candidates.size() < number) {
        candidates.add(null);
      }
      candidates.add(candidate);
    }

    boolean isSparse() {
      return SPARSE * left <= page.count();
    }
  }

  /** An item that may win. The first of its key knows the others, also when it has lost. */
  private static final class Candidate {
    int number;
    @Nullable Page page;
    @Nullable PageItem item;
    @Nullable Contest contest;

    void isAt(Page newPage, PageCursor cursor) {
      page = newPage;
      number = cursor.number();
      item = cursor.item();
      newPage.add(number, this);
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
    if (page.isOfDeletes()) {
      throw new IllegalArgumentException("keys to delete are no items");
    }
    Page added = new Page(page);
    pages.add(added);
    PageCursor cursor = page.cursor();
    while (cursor.next()) {
      Candidate candidate = new Candidate();
      candidate.isAt(added, cursor);
      ItemKey key = cursor.key();
      if (key.bytes().length == 0) {
        throw new IllegalArgumentException("an item of a page was given no key");
      }
      Candidate before = first.putIfAbsent(key, candidate);
      if (before != null) {
        contest(before, candidate);
      }
    }
    List<Page> few = List.copyOf(sparse);
    sparse.clear();
    few.forEach(this::renew);
  }

  /** Makes a page anew of the items that are left. */
  private void renew(Page old) {
    if (!pages.remove(old)) {
      return;
    }
    List<SourcedPage> made = new ArrayList<>();
    Pager pager = new Pager(made::add);
    PageCursor rest = old.page.without(old.losers).cursor();
    List<Candidate> left = new ArrayList<>(old.left);
    while (rest.next()) {
      pager.add(old.page.bucket(), rest.key().bytes(), rest.item().copy());
      left.add(old.candidates.get(rest.number()));
    }
    pager.flush();
    Iterator<Candidate> next = left.iterator();
    for (SourcedPage page : made) {
      Page renewed = new Page(page);
      PageCursor cursor = page.cursor();
      while (cursor.next()) {
        next.next().isAt(renewed, cursor);
      }
      pages.add(renewed);
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
    }
  }

  private void lose(Candidate loser) {
    Page page = loser.page;
    page.losers.set(loser.number);
    page.left--;
    if (page.left == 0) {
      pages.remove(page);
    } else if (page.isSparse()) {
      sparse.add(page);
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
        List<SourcedItem> others = contest.group.rejected();
        duplicates += contest.group.size() - 1 - others.size();
        for (SourcedItem item : others) {
          lose(contest.candidates.remove(item));
          rejected.accept(item, winner);
        }
      }
    }
    for (Page page : pages) {
      kept.accept(page.losers.isEmpty() ? page.page : page.page.without(page.losers));
    }
  }

  /** Returns how many items there are in the pages on the heap, whether or not they lost. */
  int held() {
    return pages.stream().mapToInt(page -> page.page.count()).sum();
  }

  /** Returns how many items were neither kept nor rejected, once all is settled. */
  long duplicates() {
    return duplicates;
  }
}
