/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.page;

import io.sluice.item.ItemCoder;
import io.sluice.item.ItemCursor;
import io.sluice.item.Origin;
import io.sluice.item.SourcedItem;
import io.sluice.item.codec.ByteReader;
import io.sluice.item.codec.ByteWriter;
import io.sluice.item.codec.CorruptBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The items of one page of a scan, which travel together and compressed: the runner's bookkeeping
 * is per page rather than per item, and the items take a fraction of the memory. Within one JVM
 * they may also be in a {@link PageSpool}.
 */
@DefaultCoder(ItemPageCoder.class)
public final class ItemPage {
  private static final byte[] ELSEWHERE = {};

  private final Mark mark;
  private final int items;
  private final int bytes;
  private final byte[] compressed;

  /** Where the compressed items are, if not here. */
  private final PageSpool.@Nullable Place place;

  private final PageExtra extra;

  ItemPage(Mark mark, int items, int bytes, byte[] compressed) {
    this(mark, items, bytes, compressed, null, PageExtra.NONE);
  }

  private ItemPage(
      Mark mark,
      int items,
      int bytes,
      byte[] compressed,
      PageSpool.@Nullable Place place,
      PageExtra extra) {
    this.mark = mark;
    this.items = items;
    this.bytes = bytes;
    this.compressed = compressed;
    this.place = place;
    this.extra = extra;
  }

  /**
   * Identifies a page, and says what it took to read it.
   *
   * <p>If a segment was read once, its pages have one attempt and the numbers from 0 to that of the
   * last page, each once. So whoever collects pages can check that all are there, whatever work the
   * runner repeated.
   *
   * @param segment the segment of the scan, from 0
   * @param attempt identifies this reading of the segment: another number when it is read again
   * @param number of the page in its segment, from 0
   * @param last whether it is the last page of the segment
   * @param evaluated how many items DynamoDB evaluated, 0 or more; a filter keeps fewer
   * @param units read units that DynamoDB took for it, 0 or more
   * @param time when its items were read
   */
  public record Mark(
      int segment,
      long attempt,
      int number,
      boolean last,
      long evaluated,
      double units,
      ReadTime time) {

    public Mark {
      if (segment < 0 || number < 0 || evaluated < 0 || !(units >= 0)) {
        throw new IllegalArgumentException(
            "segment %d, number %d, evaluated %d and units %s must be 0 or more"
                .formatted(segment, number, evaluated, units));
      }
    }

    /** Identifies a page whose items are as of one moment, in milliseconds since 1970. */
    public Mark(
        int segment,
        long attempt,
        int number,
        boolean last,
        long evaluated,
        double units,
        long atMillis) {
      this(segment, attempt, number, last, evaluated, units, ReadTime.at(atMillis));
    }

    private Mark in(long otherAttempt) {
      return new Mark(segment, otherAttempt, number, last, evaluated, units, time);
    }
  }

  /** Compresses items to a page. */
  public static ItemPage of(Mark mark, List<SourcedItem> items) {
    ByteWriter block = new ByteWriter(1 << 12);
    for (SourcedItem item : items) {
      block.writeBytes(item.encoded());
    }
    return compress(mark, items.size(), block);
  }

  /**
   * Compresses a block of items to a page.
   *
   * @param block for each item its length, as a varint, and the bytes of {@link ItemCoder}
   */
  public static ItemPage compress(Mark mark, int items, ByteWriter block) {
    return new ItemPage(mark, items, block.size(), PageBytes.compress(block));
  }

  public Mark mark() {
    return mark;
  }

  /** Returns how many items the page has, 0 or more. */
  public int count() {
    return items;
  }

  /** Returns the length of the items' bytes, which is close to their size as DynamoDB counts it. */
  public int bytes() {
    return bytes;
  }

  /**
   * Returns the memory that the page takes: that of its items, compressed, unless they are
   * elsewhere, and of its summary.
   */
  public int heapBytes() {
    return compressed.length + (extra.summary() == null ? 0 : extra.summary().length);
  }

  /** Returns the length of the items compressed, wherever they are. */
  public int compressedBytes() {
    return place == null ? compressed.length : place.length();
  }

  byte[] compressed() {
    return place == null ? compressed : place.read();
  }

  PageSpool.@Nullable Place place() {
    return place;
  }

  PageExtra extra() {
    return extra;
  }

  /** Returns the same page, whose items are elsewhere. */
  ItemPage at(PageSpool.Place elsewhere) {
    return new ItemPage(mark, items, bytes, ELSEWHERE, elsewhere, extra);
  }

  ItemPage with(PageExtra more) {
    return new ItemPage(mark, items, bytes, compressed, place, more);
  }

  /**
   * Returns the same page, whose items are kept in a file of this JVM.
   *
   * @throws IOException when that has no room
   */
  public ItemPage keptIn(PageSpool spool) throws IOException {
    return at(spool.write(compressed()));
  }

  /** Returns the page as one of a part of the scan, whose pages are written to one file. */
  public ItemPage inPart(int part) {
    return with(extra.inPart(part));
  }

  /** Returns the number of the part of the scan, 0 if it was not divided. */
  public int part() {
    return extra.part();
  }

  /**
   * Returns the page with what was noted about all items of its segment.
   *
   * @param summary on the last page; empty on the others
   */
  public ItemPage withSummary(byte[] summary) {
    return with(extra.withSummary(summary));
  }

  /**
   * Returns what was noted about all items of the page's segment; of length 0 unless it is the last
   * page, and null if the items have to be looked at.
   */
  public byte @Nullable [] summary() {
    return extra.summary();
  }

  /** Returns it as one that an earlier start of the job had read, in an attempt that goes on. */
  public ItemPage takenOver(long attempt) {
    return new ItemPage(mark.in(attempt), items, bytes, compressed, place, extra.asTakenOver());
  }

  /** Whether an earlier start of the job had read the page, and consumed its units. */
  public boolean isTakenOver() {
    return extra.takenOver();
  }

  /** Receives the items of a page. */
  public interface Walk<E extends Exception> {
    /**
     * Receives an item, which is in the memory of the page.
     *
     * @param item before its attributes
     */
    void item(ItemCursor item) throws E;
  }

  /**
   * Passes each of the items on, in the order of the scan, without copying any.
   *
   * @throws IllegalArgumentException when the page is damaged
   */
  public <E extends Exception> void walk(Walk<E> walk) throws E {
    walk(PageBytes.decompress(compressed(), bytes), bytes, items, walk);
  }

  /**
   * Passes on each item of a block.
   *
   * @param block for each item its length, as a varint, and its bytes
   * @param length of the block
   */
  public static <E extends Exception> void walk(byte[] block, int length, int items, Walk<E> walk)
      throws E {
    ByteReader in = new ByteReader(block, 0, length);
    for (int i = 0; i < items; i++) {
      int size = in.readLength();
      walk.item(ItemCursor.of(block, in.skip(size), size));
    }
    if (in.remaining() > 0) {
      throw CorruptBytes.because("they go on after the items of a page");
    }
  }

  /**
   * Passes on a copy of each of the items, in the order of the scan.
   *
   * @throws IllegalArgumentException when the page is damaged
   */
  public void forEach(Consumer<SourcedItem> consumer) {
    walk(item -> consumer.accept(new SourcedItem(Origin.UNKNOWN, item.copy())));
  }

  /** Returns the items, in the order of the scan. */
  public List<SourcedItem> items() {
    List<SourcedItem> list = new ArrayList<>(items);
    forEach(list::add);
    return list;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ItemPage other
        && mark.equals(other.mark)
        && items == other.items
        && bytes == other.bytes
        && part() == other.part()
        && isTakenOver() == other.isTakenOver()
        && Arrays.equals(summary(), other.summary())
        && Arrays.equals(compressed(), other.compressed());
  }

  @Override
  public int hashCode() {
    return 31 * mark.hashCode() + items;
  }

  /** Prints nothing of the contents: this may end up in a log. */
  @Override
  public String toString() {
    return "page of " + items + " items, " + mark;
  }
}
