/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.stream;

import java.io.IOException;
import java.io.InputStream;
import org.checkerframework.checker.nullness.qual.Nullable;

/** How the records of a file are read that is a stream of bytes. */
public interface StreamRecords {

  /** The name of the format. */
  String name();

  /** Reads a file, or its first part, from its first byte. */
  FileRecords open(InputStream file) throws IOException;

  /**
   * Reads on in the middle of a file that is {@link io.sluice.format.Format#splittable}: from the
   * first record that begins at {@code offset} or later.
   *
   * @param middle the file from byte {@code offset - 1} on
   * @param offset more than the 3 bytes of a byte order mark
   * @param head the file from its first byte, for formats that have something there
   */
  FileRecords openMiddle(InputStream middle, long offset, InputStream head) throws IOException;

  /**
   * The kind of change records that a file begins with; null when there are none.
   *
   * @param head its first bytes
   */
  default @Nullable String changesIn(byte[] head) {
    return null;
  }
}
