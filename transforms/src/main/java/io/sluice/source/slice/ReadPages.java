/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.slice;

import java.io.Closeable;
import java.io.IOException;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The results of reading slices, in pages. Not thread-safe. */
interface ReadPages extends Closeable {

  /**
   * Returns the next result, or null after the last one.
   *
   * @throws IOException when the input cannot be read; it names the input
   */
  @Nullable ReadPage next() throws IOException;
}
