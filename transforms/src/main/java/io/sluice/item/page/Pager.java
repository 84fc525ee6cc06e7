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
 * <p>All open pages together take a bounded number of bytes, however many buckets there are: beyond
 * it, pages leave before they are full.
 */
public final class Pager {
  /**
   * The bytes at which a page is full, before compression; a page is longer by at most one item.
   * Larger ones compress no better.
   */
  public static final int PAGE_BYTES = 64 << 10;

  /** The bytes that all open pages may have. */
  static final long MAX_OPEN_BYTES = 16 << 20;

  private static final int FIRST_BYTES = 4 << 10;
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
    this(MAX_OPEN_BYTES, full);
  }

  Pager(long maxOpenBytes, Consumer<SourcedPage> full) {
    this.maxOpenBytes = maxOpenBytes;
    this.full = full;
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
      page = new PageDraft(spare.isEmpty() ? new ByteWriter(FIRST_BYTES) : spare.pop());
      open.put(bucket, page);
    }
    int before = page.bytes();
    page.add(key, item);
    openBytes += page.bytes() - before;
    // Some page is always of average size or longer, so the bound is kept without a search for it.
    boolean tooMany = openBytes > maxOpenBytes && page.bytes() >= openBytes / open.size();
    if (tooMany || page.bytes() >= PAGE_BYTES) {
      open.remove(bucket);
      pass(bucket, page);
    }
  }

  /** Passes on all pages that are open. */
  public void flush() {
    open.forEach(this::pass);
    open.clear();
  }

  private void pass(int bucket, PageDraft page) {
    openBytes -= page.bytes();
    full.accept(SourcedPage.of(bucket, page));
    // A single huge item must not keep its memory for ever.
    if (page.block().array().length <= 2 * PAGE_BYTES && spare.size() < MAX_SPARE) {
      spare.push(page.block());
    }
  }

  /** Returns the bytes of the pages that are open. */
  long openBytes() {
    return openBytes;
  }
}
