/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import io.sluice.item.ItemCursor;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.ItemPage;
import java.io.IOException;

/**
 * Writes items to an open file in one format. Not for use by several threads at once; after an
 * exception, only {@link #close} may be called.
 */
public interface ItemSink extends AutoCloseable {

  /**
   * Writes an item, of whose bytes nothing is kept.
   *
   * @param item before its attributes
   * @throws IllegalArgumentException when the item does not fit the schema; the message names the
   *     attribute, but not its value
   */
  void write(ItemCursor item) throws IOException;

  /**
   * Writes the items of a page, perhaps in another order and after this call; a failure may be
   * thrown by a later one.
   *
   * @throws IllegalArgumentException when an item does not fit the schema, or the page is damaged
   */
  default void write(ItemPage page) throws IOException {
    page.walk(this::write);
  }

  /** Writes an item, see {@link #write(ItemCursor)}. */
  default void write(SourcedItem item) throws IOException {
    write(ItemCursor.of(item));
  }

  /** Returns roughly the length that the file would have now, including what is buffered. */
  long bytes();

  /** Writes what is buffered and the end of the file. The stream stays open. */
  void finish() throws IOException;

  /** Releases resources, whether or not the file was finished. */
  @Override
  void close();
}
