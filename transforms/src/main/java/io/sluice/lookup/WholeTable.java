/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemKey;
import io.sluice.item.page.ItemPage;
import io.sluice.item.page.ScanCompleteness;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Answers from all items of a table, as a scan has found them. The workers of a JVM share it. */
final class WholeTable implements Answers {
  /** Those of the steps in this JVM, for as long as a worker has one. */
  private static final Map<String, WeakReference<WholeTable>> IN_JVM = new HashMap<>();

  private final Map<ItemKey, Asked> items;

  private WholeTable(Map<ItemKey, Asked> items) {
    this.items = items;
  }

  /** Returns that of a step, which is made of these pages unless another worker has it. */
  static WholeTable of(LookupSpec spec, int segments, Supplier<Iterable<ItemPage>> pages) {
    synchronized (IN_JVM) {
      WeakReference<WholeTable> there = IN_JVM.get(spec.step());
      WholeTable table = there == null ? null : there.get();
      if (table == null) {
        table = read(spec, segments, pages.get());
        IN_JVM.values().removeIf(other -> other.get() == null);
        IN_JVM.put(spec.step(), new WeakReference<>(table));
      }
      return table;
    }
  }

  private static WholeTable read(LookupSpec spec, int segments, Iterable<ItemPage> pages) {
    check(completeness(pages), segments);
    Map<ItemKey, Asked> items = new HashMap<>();
    for (ItemPage page : pages) {
      page.forEach(
          item -> {
            try {
              ItemKey key = ItemKey.of(item.item(), spec.schema());
              items.put(key, Asked.known(key, Answer.of(item.item(), spec)));
            } catch (InvalidItemException e) {
              throw new IllegalStateException("the table has an item without its key", e);
            }
          });
    }
    return new WholeTable(items);
  }

  private static ScanCompleteness completeness(Iterable<ItemPage> pages) {
    ScanCompleteness all = new ScanCompleteness();
    pages.forEach(all::add);
    return all;
  }

  private static void check(ScanCompleteness all, int segments) {
    Optional<String> problem = all.problem(segments);
    if (problem.isPresent()) {
      throw new IllegalStateException("The table is not known as a whole: " + problem.get());
    }
  }

  /** Returns what a scan has read. */
  static LookupCounts counts(Iterable<ItemPage> pages) {
    ScanCompleteness all = completeness(pages);
    return new LookupCounts(0, 0, all.evaluated(), all.items(), all.units());
  }

  @Override
  public Asked ask(ItemKey key, Map<String, AttributeValue> attributes) {
    Asked found = items.get(key);
    return found == null ? Asked.known(key, Answer.ABSENT) : found;
  }

  @Override
  public void sendOpen() {
    // All is known.
  }

  /** Returns nothing: the scan is counted once, and not by each worker. */
  @Override
  public LookupCounts takeCounts() {
    return LookupCounts.NONE;
  }

  @Override
  public void leave() {
    // It is gone with the last worker that has it.
  }
}
