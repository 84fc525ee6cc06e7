/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import io.sluice.item.SourcedItem;
import java.io.IOException;

/**
 * What writes items into an open file, in one format. Not for use by several threads at once, and
 * after an exception for nothing but {@link #close}.
 */
public interface ItemSink extends AutoCloseable {

  /**
   * Adds an item.
   *
   * @throws IllegalArgumentException when the item does not fit the schema; the message names the
   *     attribute, and not its value
   */
  void write(SourcedItem item) throws IOException;

  /** The length of the file so far, with what is kept back: roughly what it would have now. */
  long bytes();

  /** Writes what is kept back and the end of the file. The stream stays open. */
  void finish() throws IOException;

  /** Gives up what is held, whether or not the file was finished. */
  @Override
  void close();
}
