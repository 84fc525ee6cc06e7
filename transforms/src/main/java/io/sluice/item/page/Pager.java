/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.page;

import io.sluice.item.SourcedItem;
import io.sluice.item.codec.ByteWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Collects items to pages, of which one is open for each bucket, and passes on each page that is
 * full. Not thread-safe.
 *
 * <p>The memory of all open pages together is bounded, however many buckets there are: beyond a
 * 32nd of the heap, but not less than 16 MB and not more than 64 MB, pages that have more than the
 * average leave before they are full, and beyond twice of that all do.
 */
public final class Pager {
  /**
   * The bytes at which a page is full, before compression; a page is longer by at most one item.
   * Larger ones compress no better.
   */
  public static final int PAGE_BYTES = 64 << 10;

  private static final long LEAST_OPEN_BYTES = 16 << 20;
  private static final long MOST_OPEN_BYTES = 64 << 20;
  private static final int SHARE_OF_HEAP = 32;

  private static final int FIRST_BYTES = 1 << 10;
  private static final int MAX_SPARE = 8;

  private final long maxOpenBytes;
  private final Consumer<SourcedPage> full;
  private final Map<Integer, PageDraft> open = new HashMap<>();
  private final Deque<ByteWriter> spare = new ArrayDeque<>();
  private long openBytes;

  /**
   * @param full receives the pages
   */
  public Pager(Consumer<SourcedPage> full) {
    this(maxOpenBytes(Runtime.getRuntime().maxMemory()), full);
  }

  /**
   * @param maxOpenBytes the memory of all open pages, beyond which they leave before they are full
   */
  Pager(long maxOpenBytes, Consumer<SourcedPage> full) {
    this.maxOpenBytes = maxOpenBytes;
    this.full = full;
  }

  static long maxOpenBytes(long heap) {
    return Math.max(LEAST_OPEN_BYTES, Math.min(MOST_OPEN_BYTES, heap / SHARE_OF_HEAP));
  }

  /**
   * Adds an item.
   *
   * @param bucket of the item, from 0
   * @param key the bytes of its key; may be empty
   */
  public void add(int bucket, byte[] key, SourcedItem item) {
    PageDraft page = open.get(bucket);
    if (page == null) {
      page = new PageDraft(room());
      open.put(bucket, page);
      openBytes += page.heapBytes();
    }
    int before = page.heapBytes();
    page.add(key, item);
    openBytes += page.heapBytes() - before;
    boolean tooMany = openBytes > maxOpenBytes && page.heapBytes() >= openBytes / open.size();
    if (tooMany || page.bytes() >= PAGE_BYTES) {
      open.remove(bucket);
      pass(bucket, page);
    } else if (openBytes > 2 * maxOpenBytes) {
      // The long ones are not those that items come to.
      flush();
    }
  }

  private ByteWriter room() {
    // With many buckets most pages stay short.
    boolean isAmple = openBytes < maxOpenBytes / 4;
    return isAmple && !spare.isEmpty() ? spare.pop() : new ByteWriter(FIRST_BYTES);
  }

  /** Passes on all pages that are open. */
  public void flush() {
    open.forEach(this::pass);
    open.clear();
  }

  private void pass(int bucket, PageDraft page) {
    openBytes -= page.heapBytes();
    full.accept(SourcedPage.of(bucket, page));
    // A single huge item must not keep its memory for ever.
    if (page.block().array().length <= 2 * PAGE_BYTES && spare.size() < MAX_SPARE) {
      spare.push(page.block());
    }
  }

  /** Returns the memory of the pages that are open. */
  long openBytes() {
    return openBytes;
  }
}
