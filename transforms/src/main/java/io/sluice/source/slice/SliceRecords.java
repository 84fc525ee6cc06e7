/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.slice;

import java.io.Closeable;
import java.io.IOException;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The records of one slice of an input, as items or rejections. Not thread-safe. */
public interface SliceRecords extends Closeable {

  /**
   * Returns the next record of the slice, or null after the last one.
   *
   * @throws IOException when the input cannot be read; it names the input
   */
  @Nullable ReadRecord next() throws IOException;
}
