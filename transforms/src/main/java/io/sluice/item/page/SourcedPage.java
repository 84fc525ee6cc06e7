/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.page;

import io.sluice.item.SourcedItem;
import io.sluice.item.codec.ByteWriter;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Items of one bucket, with their origins and their keys: what travels between the steps of an
 * import. A runner's bookkeeping is per page rather than per item, and the items take a fraction of
 * the memory, because they are compressed.
 *
 * <p>A page never changes. {@link #without} leaves items out by a mask, so that the others need not
 * be compressed again.
 */
@DefaultCoder(SourcedPageCoder.class)
public final class SourcedPage implements Iterable<SourcedItem> {
  private final int bucket;
  private final int items;
  private final int bytes;
  private final byte[] compressed;
  private final @Nullable BitSet leftOut;
  private final Purpose purpose;
  private final @Nullable BucketPart part;

  /** What becomes of the items of a page. */
  enum Purpose {
    PUT,
    DELETE
  }

  SourcedPage(
      int bucket,
      int items,
      int bytes,
      byte[] compressed,
      @Nullable BitSet leftOut,
      Purpose purpose,
      @Nullable BucketPart part) {
    if (bucket < 0 || items < 0 || bytes < 0) {
      throw new IllegalArgumentException(
          "bucket %d, items %d and bytes %d must be 0 or more".formatted(bucket, items, bytes));
    }
    this.bucket = bucket;
    this.items = items;
    this.bytes = bytes;
    this.compressed = compressed;
    this.leftOut = leftOut == null || leftOut.isEmpty() ? null : leftOut;
    this.purpose = purpose;
    this.part = part;
  }

  /** Compresses what was collected. */
  static SourcedPage of(int bucket, PageDraft draft) {
    ByteWriter block = draft.block();
    return new SourcedPage(
        bucket, draft.items(), block.size(), PageBytes.compress(block), null, Purpose.PUT, null);
  }

  /**
   * Returns the page of the same items for a table that is to have none of them: each is the
   * attributes of its key and no others.
   */
  public SourcedPage asDeletes() {
    return new SourcedPage(bucket, items, bytes, compressed, leftOut, Purpose.DELETE, null);
  }

  /** Returns the same page as a part of all items that were chosen for its bucket. */
  public SourcedPage as(BucketPart ofBucket) {
    return new SourcedPage(bucket, items, bytes, compressed, leftOut, purpose, ofBucket);
  }

  /** Returns which part of its bucket the page is; null if nobody has said. */
  public @Nullable BucketPart part() {
    return part;
  }

  Purpose purpose() {
    return purpose;
  }

  /** Whether the items of the page are keys, the items of which are deleted. */
  public boolean isOfDeletes() {
    return purpose == Purpose.DELETE;
  }

  /** Returns the bucket of the items' keys, from 0; the number of buckets is the job's. */
  public int bucket() {
    return bucket;
  }

  /** Returns how many items the page has, without those that are left out. */
  public int count() {
    return items - (leftOut == null ? 0 : leftOut.cardinality());
  }

  /** Returns how many items the page was made of, those that are left out included. */
  int allItems() {
    return items;
  }

  /** Returns the length of the page's bytes when they are decompressed. */
  public int bytes() {
    return bytes;
  }

  byte[] compressed() {
    return compressed;
  }

  @Nullable BitSet leftOut() {
    return leftOut;
  }

  /**
   * Returns the page without some of its items, which is no part of its bucket any more.
   *
   * @param numbers of the items, from 0 in the order of {@link #cursor}
   */
  public SourcedPage without(BitSet numbers) {
    BitSet all = (BitSet) numbers.clone();
    if (leftOut != null) {
      all.or(leftOut);
    }
    if (all.length() > items) {
      throw new IllegalArgumentException(
          "item %d is not in a page of %d".formatted(all.length() - 1, items));
    }
    return new SourcedPage(bucket, items, bytes, compressed, all, purpose, null);
  }

  /** Decompresses the page; the cursor stands before its first item. */
  public PageCursor cursor() {
    return new PageCursor(PageBytes.decompress(compressed, bytes), items, leftOut);
  }

  /** Decompresses the page and returns its items one by one, without those that are left out. */
  @Override
  public Iterator<SourcedItem> iterator() {
    return new Items(cursor());
  }

  private static final class Items implements Iterator<SourcedItem> {
    private final PageCursor cursor;
    private boolean isNext;

    Items(PageCursor cursor) {
      this.cursor = cursor;
      this.isNext = cursor.next();
    }

    @Override
    public boolean hasNext() {
      return isNext;
    }

    @Override
    public SourcedItem next() {
      if (!isNext) {
        throw new NoSuchElementException();
      }
      SourcedItem item = cursor.item().copy();
      isNext = cursor.next();
      return item;
    }
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof SourcedPage other
        && bucket == other.bucket
        && items == other.items
        && bytes == other.bytes
        && purpose == other.purpose
        && Objects.equals(part, other.part)
        && Arrays.equals(compressed, other.compressed)
        && (leftOut == null ? other.leftOut == null : leftOut.equals(other.leftOut));
  }

  @Override
  public int hashCode() {
    return 31 * bucket + Arrays.hashCode(compressed);
  }

  /** Prints nothing of the contents: this may end up in a log. */
  @Override
  public String toString() {
    return "page of %d %s of bucket %d"
        .formatted(count(), isOfDeletes() ? "deletes" : "items", bucket);
  }
}
