/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.verify;

import io.sluice.item.ItemKey;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.PageCursor;
import io.sluice.item.page.Pager;
import io.sluice.item.page.SourcedPage;
import io.sluice.report.BundleTally;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Compares the items of a bucket with those of a table that a scan has read. Our own items of the
 * bucket are on the heap, decompressed; those of the table wait in compressed pages.
 */
final class CompareBucketFn
    extends DoFn<KV<Integer, Iterable<KV<Integer, SourcedPage>>>, SourcedPage> {
  private static final long serialVersionUID = 1L;

  /** The items that only the table has, as they were read. */
  static final TupleTag<SourcedPage> SURPLUS = new TupleTag<>("surplus") {};

  /** The side of a page: an item to write, or one of the table. */
  static final int OURS = 0;

  static final int THEIRS = 1;

  private final @Nullable SurplusScope scope;
  private transient BundleTally tally;
  private transient CompareCounts counts;

  /**
   * @param scope which of the items that only the table has are wanted; null for none
   */
  CompareBucketFn(@Nullable SurplusScope scope) {
    this.scope = scope;
  }

  @StartBundle
  public void startBundle() {
    tally = new BundleTally();
    counts = CompareCounts.NONE;
  }

  @ProcessElement
  public void processElement(
      @Element KV<Integer, Iterable<KV<Integer, SourcedPage>>> bucket,
      MultiOutputReceiver out,
      BoundedWindow window) {
    ComparedPages ours = new ComparedPages();
    List<SourcedPage> theirs = new ArrayList<>();
    for (KV<Integer, SourcedPage> page : bucket.getValue()) {
      if (page.getKey() == OURS) {
        ours.add(page.getValue());
      } else {
        theirs.add(page.getValue());
      }
    }
    Pager surplus = new Pager(page -> out.get(SURPLUS).output(page));
    Set<ItemKey> found = new HashSet<>();
    for (SourcedPage page : theirs) {
      PageCursor cursor = page.cursor();
      while (cursor.next()) {
        ItemKey key = cursor.key();
        if (!ours.meet(key, cursor.item()) && scope != null) {
          SourcedItem item = cursor.item().copy();
          // A scan that was begun again reads items twice.
          if (scope.has(item) && found.add(key)) {
            surplus.add(bucket.getKey(), key.bytes(), item);
          }
        }
      }
    }
    surplus.flush();
    CompareCounts settled = ours.settle(page -> out.get(Outcome.PAGES).output(page));
    tally.add(Count.UNCHANGED, settled.unchanged(), window);
    counts = counts.plus(settled).plus(CompareCounts.ofSurplus(found.size()));
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    GlobalWindow window = GlobalWindow.INSTANCE;
    if (!counts.equals(CompareCounts.NONE)) {
      context.output(CompareCounts.PARTS, counts, window.maxTimestamp(), window);
    }
    tally.emit(context, Outcome.TALLIES);
  }
}
