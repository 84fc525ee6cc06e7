/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.page;

import io.sluice.item.SourcedItem;
import io.sluice.item.codec.ByteWriter;

/** A page to which items are being added. Not thread-safe. */
final class PageDraft {
  /** Marks an item that has the file of the item before. */
  static final int SAME_FILE = 0;

  /** Marks an item before which the name of its file stands. */
  static final int OTHER_FILE = 1;

  private final ByteWriter block;
  private String file = "";
  private long offset;
  private int items;

  /**
   * @param block is written to from its beginning
   */
  PageDraft(ByteWriter block) {
    this.block = block;
    block.clear();
  }

  void add(byte[] key, SourcedItem item) {
    if (item.origin().file().equals(file)) {
      block.writeByte(SAME_FILE);
    } else {
      file = item.origin().file();
      offset = 0;
      block.writeByte(OTHER_FILE);
      block.writeString(file);
    }
    // Mostly the distance of records of one bucket in one file, which is short.
    block.writeZigzag(item.origin().offset() - offset);
    offset = item.origin().offset();
    block.writeBytes(key);
    block.writeBytes(item.encoded());
    items++;
  }

  int bytes() {
    return block.size();
  }

  /** Returns the memory that the page takes while it is open. */
  int heapBytes() {
    return block.array().length;
  }

  ByteWriter block() {
    return block;
  }

  int items() {
    return items;
  }
}
