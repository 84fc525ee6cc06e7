/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.page;

import io.sluice.item.ItemKey;
import io.sluice.item.codec.ByteReader;
import io.sluice.item.codec.CorruptBytes;
import java.util.Arrays;
import java.util.BitSet;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Walks through the items of a page, in the order in which they were read from their files.
 *
 * <p>Every method throws IllegalArgumentException when the page is damaged.
 */
public final class PageCursor {
  private final ByteReader in;
  private final int items;
  private final @Nullable BitSet leftOut;
  private int number = -1;
  private String file = "";
  private long offset;
  private int keyFrom;
  private int keyLength;
  private int itemFrom;
  private int itemLength;

  /**
   * @param block what a {@link PageDraft} wrote
   * @param items how many
   * @param leftOut the numbers of those that are passed over; null for none
   */
  PageCursor(byte[] block, int items, @Nullable BitSet leftOut) {
    this.in = new ByteReader(block);
    this.items = items;
    this.leftOut = leftOut;
  }

  /** Moves to the next item that is not left out; returns false when there is none. */
  public boolean next() {
    while (++number < items) {
      read();
      if (leftOut == null || !leftOut.get(number)) {
        return true;
      }
    }
    if (in.remaining() > 0) {
      throw CorruptBytes.because("they go on after the items of a page");
    }
    return false;
  }

  private void read() {
    if (in.readByte() == PageDraft.OTHER_FILE) {
      file = in.readString();
      offset = 0;
    }
    offset += in.readZigzag();
    keyLength = in.readLength();
    keyFrom = in.skip(keyLength);
    itemLength = in.readLength();
    itemFrom = in.skip(itemLength);
  }

  /** Returns the number of the item in its page, from 0; items that are left out count. */
  public int number() {
    return number;
  }

  /** Returns the item, which is not copied. */
  public PageItem item() {
    return new PageItem(in.array(), itemFrom, itemLength, file, offset);
  }

  /** Returns a copy of the item's key; an item that was given none has the empty key. */
  public ItemKey key() {
    return ItemKey.ofBytes(Arrays.copyOfRange(in.array(), keyFrom, keyFrom + keyLength));
  }
}
