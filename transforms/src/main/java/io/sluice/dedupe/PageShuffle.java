/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dedupe;

import io.sluice.item.page.SourcedPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Passes pages on in a shuffled order, within a bound on those that wait. The pages of a bucket
 * come in the order of their files. Where a file is sorted by its partition keys, many of them in a
 * row would go to one partition of the table, which takes 1,000 write units a second, while the
 * others had nothing to do.
 */
final class PageShuffle {
  private static final int MAX_WAITING = 128;

  private final Consumer<SourcedPage> out;
  private final List<SourcedPage> waiting = new ArrayList<>();
  private final Random random = new Random(MAX_WAITING);

  /**
   * @param out receives each page once
   */
  PageShuffle(Consumer<SourcedPage> out) {
    this.out = out;
  }

  void add(SourcedPage page) {
    if (waiting.size() < MAX_WAITING) {
      waiting.add(page);
    } else {
      out.accept(waiting.set(random.nextInt(MAX_WAITING), page));
    }
  }

  /** Passes on the pages that wait. */
  void finish() {
    while (!waiting.isEmpty()) {
      int last = waiting.size() - 1;
      SourcedPage page = waiting.set(random.nextInt(last + 1), waiting.get(last));
      waiting.remove(last);
      out.accept(page);
    }
  }
}
